import { checkTargetUrl } from "@boardroom/adapters";
import type { NotifierPort, SendOutcome } from "@boardroom/domain";
import type { ApiEnv } from "../env.ts";
import { createPushSender } from "./send-push.ts";
import { createUnsubscribeTokens, unsubscribePath } from "./unsubscribe-tokens.ts";

/** Wires mail and web push. */
export function createNotifier(env: ApiEnv): NotifierPort {
  const { vapid, allowLocalTargets, publicUrl, mailer } = env;
  const check = (endpoint: string) => checkTargetUrl(endpoint, { allowLocal: allowLocalTargets });
  const sendPush = vapid && createPushSender({ ...vapid, subject: publicUrl });
  const tokens = createUnsubscribeTokens(env.jwtSecret);
  return {
    pushKey: vapid?.publicKey ?? null,
    checkPushEndpoint: check,
    sendMail: async ({ key, ...mail }) => {
      try {
        await mailer.send({ ...mail, idempotencyKey: key });
        return { kind: "sent" };
      } catch (error) {
        return { kind: "later", afterMs: null, problem: String(error).slice(0, 300) };
      }
    },
    push: async (target, notice): Promise<SendOutcome> => {
      const problem = sendPush ? check(target.endpoint) : "Pushes are not set up.";
      if (!sendPush || problem !== null) return { kind: "refused", problem: problem ?? "" };
      return sendPush(target, notice);
    },
    unsubscribeUrl: async (companyId, userId) =>
      `${publicUrl}${unsubscribePath}?token=${await tokens.make({ companyId, userId })}`,
  };
}
