import { notFound } from "../answer.ts";
import type { AnswerOptions } from "../answer-operation.ts";
import { authenticate } from "../authenticate/authenticate.ts";
import type { ApiRouter } from "../router.ts";

/**
 * Where runners hear that there is something to do: a WebSocket, and a long poll for networks that let none through. The token is
 * verified here; the hub sees only who it is.
 */
export function mountRunnerChannels(router: ApiRouter, { env, authentication }: AnswerOptions): void {
  const enter = async (request: Request, channel: "connect" | "poll") => {
    const identity = await authenticate(authentication, {
      operation: `runners.${channel}`,
      callers: ["runner"],
      effect: "read",
      role: "viewer",
      request,
      target: { by: "actor" },
      needsOrigin: false,
    });
    if (identity.kind !== "tenant") throw notFound();
    return env.runnerHub.enter(request, { companyId: identity.companyId, runnerId: identity.actor.id, channel });
  };
  router.get("/runners/connect", (c) => enter(c.req.raw, "connect"));
  router.get("/runners/poll", (c) => enter(c.req.raw, "poll"));
}
