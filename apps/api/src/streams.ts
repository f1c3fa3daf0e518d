import { BoardroomError, companyParams, idParams } from "@boardroom/contract";
import { notFound } from "./answer.ts";
import type { AnswerOptions } from "./answer-operation.ts";
import { authenticate } from "./authenticate/authenticate.ts";
import type { Target } from "./authenticate/target.ts";
import type { ApiRouter } from "./router.ts";

/** Headers that prove who asks; the hub must not see them. */
const proofs = ["authorization", "cookie"];

interface Channel {
  /** Names the calls among SQL requests. */
  id: string;
  /** What it is about; null when the path names nothing. */
  target: Target | null;
  isSocket: boolean;
}

/** A place in a log, and whether its end was seen. */
const logPlace = /^\d{1,15}(\.end)?$/;

/** What is watched live, for everyone who may see the company: its events, and the logs of its runs. */
export function mountStreams(router: ApiRouter, { env, authentication }: AnswerOptions): void {
  const enter = async (request: Request, { id, target, isSocket }: Channel): Promise<string> => {
    const identity = await authenticate(authentication, {
      operation: id,
      callers: ["user", "agent", "run"],
      effect: "read",
      role: "viewer",
      request,
      target: target ?? { by: "actor" },
      needsOrigin: isSocket,
    });
    if (identity.kind !== "tenant" || !target) throw notFound();
    return identity.companyId;
  };
  const connect = (request: Request, companyId: string) => {
    const headers = new Headers(request.headers);
    for (const name of proofs) headers.delete(name);
    return env.hub.connect(new Request(request, { headers }), companyId);
  };
  const watchCompany = async (request: Request, cid: string, isSocket: boolean) => {
    const isId = companyParams.safeParse({ cid }).success;
    return connect(
      request,
      await enter(request, { id: "companies.events", target: isId ? { by: "company", id: cid } : null, isSocket }),
    );
  };
  const watchLog = async (request: Request, id: string, place: string) => {
    const isId = idParams.safeParse({ id }).success;
    const companyId = await enter(request, {
      id: "runLogs.stream",
      target: isId ? { by: "run", id } : null,
      isSocket: false,
    });
    if (!logPlace.test(place)) throw new BoardroomError("invalid_request", "The offset is a number of bytes.");
    const answer = await connect(request, companyId);
    if (answer.status === 404) throw notFound();
    return answer;
  };
  router.get("/companies/:cid/events", (c) => watchCompany(c.req.raw, c.req.param("cid"), false));
  router.get("/companies/:cid/events/ws", (c) => watchCompany(c.req.raw, c.req.param("cid"), true));
  router.get("/heartbeat-runs/:id/log/stream", (c) =>
    watchLog(c.req.raw, c.req.param("id"), c.req.header("last-event-id") ?? c.req.query("offset") ?? "0"),
  );
}
