import { type Operation, type OperationId, operationIds, operations } from "@boardroom/contract";
import { hideValues, type Page, valuesOfCaller } from "@boardroom/domain";
import * as z from "zod";
import { jsonAnswer, notFound } from "./answer.ts";
import { type AuthenticationOptions, authenticate, type Identity } from "./authenticate/authenticate.ts";
import { targetOf } from "./authenticate/target.ts";
import { createCtx } from "./create-ctx.ts";
import type { ApiEnv } from "./env.ts";
import { handlers } from "./handlers/index.ts";
import { readIdempotency } from "./idempotency.ts";
import { asksPeople } from "./notifications/operations-that-ask.ts";
import { parseInput, readQuery } from "./parse-input.ts";
import type { ApiPorts } from "./ports.ts";
import { readJson } from "./read-json.ts";

export interface AnswerOptions {
  env: ApiEnv;
  ports: ApiPorts;
  authentication: AuthenticationOptions;
}

type Values = Record<string, unknown>;
type AnyHandler = (ctx: unknown, input: Values) => Promise<unknown>;

export const maxBodyBytes = 1024 * 1024;
const nothing = z.strictObject({});

/** The schemas of an operation's parts; making one takes longer than parsing with it, so each is made once. */
interface Schemas {
  params: z.ZodObject;
  query: z.ZodObject;
  body: z.ZodObject;
}
const schemasOf = new Map<OperationId, Schemas>(
  operationIds.map((id) => {
    const { params = nothing, query = nothing, body = nothing }: Operation = operations[id];
    return [id, { params, query: query.strict(), body: body.strict() }];
  }),
);

/** One call from the request to the answer. Whatever is refused is thrown. */
export async function answerOperation(
  options: AnswerOptions,
  id: OperationId,
  request: Request,
  rawParams: Record<string, string>,
  requestId: string,
): Promise<Response> {
  const operation: Operation = operations[id];
  const schemas = schemasOf.get(id) ?? { params: nothing, query: nothing, body: nothing };
  const params = schemas.params.safeParse(rawParams).data ?? null;
  const identity = await identify(options, operation, id, request, params);
  // An id that is no id names nothing; said only to those who proved who they are.
  if (params === null) throw notFound();
  const url = new URL(request.url);
  const query = parseInput(schemas.query, readQuery(url));
  const body = operation.method === "GET" ? {} : parseInput(schemas.body, await readJson(request, maxBodyBytes));
  const idempotency = await readIdempotency(operation, id, request, params, body, options.env.jwtSecret);
  const ctx = createCtx(options, identity, { id, idempotency, requestId, request });
  const said = await withoutSecrets(ctx, id, body);
  const { cid: _, ...input }: Values = { ...params, ...query, ...said };
  // The map pairs each id with its own context and input; that can't be said of an id that is only known now.
  const handle = handlers[id] as AnyHandler;
  const result = await handle(ctx, input);
  if ("db" in ctx && asksPeople(id, result)) options.ports.decisions.tellPeople(ctx.db.companyId);
  return answer(options, operation, url, result, requestId);
}

/**
 * What a run says with the secrets that it was given masked, wherever they stand. Logs come in parts, so they are masked where
 * the parts are put together.
 */
async function withoutSecrets(ctx: ReturnType<typeof createCtx>, id: OperationId, body: Values): Promise<Values> {
  if (!("actor" in ctx) || !("hasSecrets" in ctx.actor) || !ctx.actor.hasSecrets) return body;
  if (operations[id].effect === "read") return body;
  ctx.hidden = await valuesOfCaller(ctx);
  return id === "runLogs.append" ? body : hideValues(body, ctx.hidden);
}

function identify(
  { authentication }: AnswerOptions,
  operation: Operation,
  id: string,
  request: Request,
  params: Values | null,
): Promise<Identity | null> {
  if (operation.callers.includes("public")) return Promise.resolve(null);
  return authenticate(authentication, {
    operation: id,
    callers: operation.callers,
    effect: operation.effect,
    role: operation.role ?? "viewer",
    sessionOnly: operation.sessionOnly ?? false,
    request,
    target: params === null ? { by: "actor" } : targetOf(operation.locate, params),
    needsOrigin: operation.effect !== "read",
  });
}

/** Parses what the verb answered, so that nothing leaves that the contract doesn't declare. */
function answer({ env }: AnswerOptions, operation: Operation, url: URL, result: unknown, requestId: string): Response {
  const { status, output } = operation;
  if (output === null) return jsonAnswer(status, undefined, requestId);
  if (!operation.paged) return jsonAnswer(status, output.parse(result), requestId);
  const { items, nextCursor } = result as Page<unknown>;
  return jsonAnswer(status, output.parse(items), requestId, nextCursor === null ? {} : nextPage(env, url, nextCursor));
}

function nextPage({ publicUrl }: ApiEnv, url: URL, cursor: string): Record<string, string> {
  const next = new URL(url.pathname + url.search, publicUrl);
  next.searchParams.set("cursor", cursor);
  return { "x-next-cursor": cursor, link: `<${next.href}>; rel="next"` };
}
