import { companyParams } from "@boardroom/contract";
import { notFound } from "./answer.ts";
import type { AnswerOptions } from "./answer-operation.ts";
import { authenticate } from "./authenticate/authenticate.ts";
import type { ApiRouter } from "./router.ts";

/** Headers that prove who asks; the hub must not see them. */
const proofs = ["authorization", "cookie"];

/** A company's events as an event stream and as a WebSocket, for everyone who may see the company. */
export function mountStreams(router: ApiRouter, { env, authentication }: AnswerOptions): void {
  const connect = async (request: Request, cid: string, isSocket: boolean) => {
    const params = companyParams.safeParse({ cid }).data;
    const identity = await authenticate(authentication, {
      operation: "companies.events",
      callers: ["user", "agent", "run"],
      effect: "read",
      role: "viewer",
      request,
      target: params ? { by: "company", id: params.cid } : { by: "actor" },
      needsOrigin: isSocket,
    });
    if (identity.kind !== "tenant" || !params) throw notFound();
    const headers = new Headers(request.headers);
    for (const name of proofs) headers.delete(name);
    return env.hub.connect(new Request(request, { headers }), identity.companyId);
  };
  router.get("/companies/:cid/events", (c) => connect(c.req.raw, c.req.param("cid"), false));
  router.get("/companies/:cid/events/ws", (c) => connect(c.req.raw, c.req.param("cid"), true));
}
