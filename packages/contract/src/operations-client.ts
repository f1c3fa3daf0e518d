import { BoardroomError, errorBody } from "./errors.ts";
import type { Operation, OperationCall, OperationItem, OperationOutput } from "./operation.ts";

export interface ClientOptions {
  /** Where the API is, up to and without `/api`. */
  baseUrl: string;
  /** Headers of every call: `authorization` or `cookie` and `origin`. */
  headers?: Record<string, string>;
  /** How a request is sent; in process, over the network, or with retries around it. */
  fetch?: (request: Request) => Promise<Response>;
  /** Instead of `fetch`, for who does without its classes. */
  send?: SendCall;
}

/** A call as it goes out and as it is answered, in nothing but strings. */
export type SendCall = (call: SentCall) => Promise<CallAnswer>;
export interface SentCall {
  method: string;
  url: string;
  headers: Record<string, string>;
  /** JSON. */
  body?: string;
}
export interface CallAnswer {
  status: number;
  body: string;
  /** Of a paged operation. */
  nextCursor: string | null;
}

export interface Page<Item> {
  items: Item[];
  nextCursor: string | null;
}

export interface OperationsClient<Ops extends Readonly<Record<string, Operation>>> {
  /**
   * Calls an operation and answers its parsed output.
   * @throws BoardroomError with the server's code, message, details and requestId
   * @example await client.call("issues.checkout", { params: { id: "ACME-42" }, body: { agentId } })
   */
  call<K extends keyof Ops>(id: K, call: OperationCall<Ops[K]>): Promise<OperationOutput<Ops[K]>>;
  /** Calls a paged operation and answers one page with the cursor of the next. */
  page<K extends keyof Ops>(id: K, call: OperationCall<Ops[K]>): Promise<Page<OperationItem<Ops[K]>>>;
}

/** A typed client of some operations: who needs few of them doesn't carry all. */
export function createOperationsClient<Ops extends Readonly<Record<string, Operation>>>(
  operations: Ops,
  options: ClientOptions,
): OperationsClient<Ops> {
  const send = options.send ?? sendByFetch(options.fetch ?? ((request) => fetch(request)));
  const perform = async (id: keyof Ops, call: object) => {
    const declared: Operation = operations[id] as Operation;
    const answer = await send(describeCall(options, declared, call as Parts));
    if (answer.status < 200 || answer.status > 299) throw readError(answer);
    const output = declared.output === null ? undefined : declared.output.parse(JSON.parse(answer.body));
    return { output, nextCursor: answer.nextCursor };
  };
  return {
    call: async (id, call) => (await perform(id, call)).output as never,
    page: async (id, call) => {
      const { output, nextCursor } = await perform(id, call);
      return { items: output as never, nextCursor };
    },
  };
}

interface Parts {
  params?: object | undefined;
  query?: object | undefined;
  body?: object | undefined;
}

function describeCall({ baseUrl, headers }: ClientOptions, declared: Operation, call: Parts): SentCall {
  const params = Object.entries(call.params ?? {});
  const path = params.reduce(
    (at, [key, value]) => at.replace(`:${key}`, encodeURIComponent(String(value))),
    declared.path,
  );
  const url = new URL(`/api${path}`, baseUrl);
  for (const [key, value] of Object.entries(call.query ?? {})) {
    if (value !== undefined && value !== null) url.searchParams.set(key, String(value));
  }
  const { method } = declared;
  if (declared.body === undefined) return { method, url: url.href, headers: { ...headers } };
  const withType = { ...headers, "content-type": "application/json" };
  return { method, url: url.href, headers: withType, body: JSON.stringify(call.body ?? {}) };
}

const sendByFetch =
  (fetchRequest: (request: Request) => Promise<Response>): SendCall =>
  async ({ url, ...init }) => {
    const response = await fetchRequest(new Request(url, init));
    const nextCursor = response.headers.get("x-next-cursor");
    return { status: response.status, body: await response.text(), nextCursor };
  };

/** The error that an answer of Boardroom tells; `unavailable` for what isn't one. */
export function readError({ status, body }: Pick<CallAnswer, "status" | "body">): BoardroomError {
  const parsed = errorBody.safeParse(parseJson(body));
  if (!parsed.success) return new BoardroomError("unavailable", `The server answered ${status}`);
  const { error, code, details, requestId } = parsed.data;
  return new BoardroomError(code, error, details, requestId);
}

/** What a JSON text says; null for what isn't one. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
