import { BoardroomError } from "@boardroom/contract";
import { unsubscribeFromMail } from "@boardroom/domain";
import { securityHeaders } from "../answer.ts";
import type { AnswerOptions } from "../answer-operation.ts";
import { createSystemCtx } from "../ports.ts";
import { drain } from "../read-body.ts";
import type { ApiRouter } from "../router.ts";
import { createUnsubscribeTokens } from "./unsubscribe-tokens.ts";

const done = "You get no more mail about what waits in this company. You can change that in its settings.";
/** Mail programs look at links before people do, so a look alone changes nothing (RFC 8058). */
const page = `<!doctype html><html lang="en"><meta name="viewport" content="width=device-width"><title>Unsubscribe</title>
<form method="post"><p>No more mail about what waits in this company?</p><button>Unsubscribe</button></form></html>`;

/** The one-click link of mails: `POST` ends them, `GET` asks. The token is all that it takes. */
export function mountUnsubscribe(router: ApiRouter, { env, ports }: AnswerOptions): void {
  const tokens = createUnsubscribeTokens(env.jwtSecret);
  const respond = (body: string, type: string, requestId: string) =>
    new Response(body, {
      headers: { ...securityHeaders, "content-type": `${type}; charset=utf-8`, "x-request-id": requestId },
    });
  router.get("/notifications/unsubscribe", (c) => respond(page, "text/html", c.get("requestId")));
  router.post("/notifications/unsubscribe", async (c) => {
    await drain(c.req.raw);
    const claims = await tokens.read(c.req.query("token") ?? "");
    if (!claims) throw new BoardroomError("unauthenticated", "This link is not one of ours.");
    await unsubscribeFromMail(
      createSystemCtx(env, ports, claims.companyId, "notifications.unsubscribe"),
      claims.userId,
    );
    return respond(done, "text/plain", c.get("requestId"));
  });
}
