import type { Idempotency } from "@boardroom/db";
import type { Ctx, PersonCtx } from "@boardroom/domain";
import type { AnswerOptions } from "./answer-operation.ts";
import type { Identity } from "./authenticate/authenticate.ts";
import type { PublicCtx } from "./handlers/handler.ts";
import { createSystemCtx, pokeViewers, portsOfInvocation } from "./ports.ts";

interface CallFacts {
  /** The operation's id: names the SQL requests that it causes. */
  id: string;
  idempotency: Idempotency | null;
  requestId: string;
  request: Request;
}

/** What the verb of a call gets: the world as its caller may touch it. */
export function createCtx(
  { env, ports: shared }: AnswerOptions,
  identity: Identity | null,
  call: CallFacts,
): Ctx | PersonCtx | PublicCtx {
  const { id, idempotency, requestId } = call;
  const ports = portsOfInvocation(env, shared);
  if (identity === null) {
    return {
      system: env.database.system(id),
      version: env.version,
      ports,
      visitor: call.request.headers.get("cf-connecting-ip"),
      enter: (companyId) => createSystemCtx(env, ports, companyId, id),
    };
  }
  if (identity.kind === "person") {
    const { userId, name, key } = identity;
    return { person: { userId, name, key }, system: env.database.system(id), ports, idempotency, requestId };
  }
  const { companyId, actor } = identity;
  return {
    db: env.database.tenant(companyId, id),
    actor,
    idempotency,
    ports,
    requestId,
    committed: () => pokeViewers(env, companyId),
  };
}
