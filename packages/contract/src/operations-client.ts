import { BoardroomError, errorBody } from "./errors.ts";
import type { Operation, OperationCall, OperationItem, OperationOutput } from "./operation.ts";

export interface ClientOptions {
  /** Where the API is, up to and without `/api`. */
  baseUrl: string;
  /** Headers of every call: `authorization` or `cookie` and `origin`. */
  headers?: Record<string, string>;
  /** How a request is sent; in process, over the network, or with retries around it. */
  fetch?: (request: Request) => Promise<Response>;
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
  const send = options.fetch ?? ((request: Request) => fetch(request));
  const perform = async (id: keyof Ops, call: object) => {
    const declared: Operation = operations[id] as Operation;
    const response = await send(buildRequest(options, declared, call as Parts));
    if (!response.ok) throw await readError(response);
    const output = declared.output === null ? undefined : declared.output.parse(await response.json());
    return { output, nextCursor: response.headers.get("x-next-cursor") };
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

function buildRequest(options: ClientOptions, declared: Operation, call: Parts): Request {
  const params = Object.entries(call.params ?? {});
  const path = params.reduce(
    (at, [key, value]) => at.replace(`:${key}`, encodeURIComponent(String(value))),
    declared.path,
  );
  const url = new URL(`/api${path}`, options.baseUrl);
  for (const [key, value] of Object.entries(call.query ?? {})) {
    if (value !== undefined && value !== null) url.searchParams.set(key, String(value));
  }
  const headers = new Headers(options.headers);
  const hasBody = declared.body !== undefined;
  if (hasBody) headers.set("content-type", "application/json");
  return new Request(url, {
    method: declared.method,
    headers,
    ...(hasBody && { body: JSON.stringify(call.body ?? {}) }),
  });
}

async function readError(response: Response): Promise<BoardroomError> {
  const parsed = errorBody.safeParse(await response.json().catch(() => null));
  if (!parsed.success) return new BoardroomError("unavailable", `The server answered ${response.status}`);
  const { error, code, details, requestId } = parsed.data;
  return new BoardroomError(code, error, details, requestId);
}
