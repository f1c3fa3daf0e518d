import { checkTargetUrl } from "@boardroom/adapters";
import type { EventWebhookPort } from "@boardroom/domain";
import type { ApiEnv } from "../env.ts";
import { sendEventWebhook } from "./send-event-webhook.ts";

interface EventWebhookParts {
  env: Pick<ApiEnv, "allowLocalTargets" | "enqueueEvents" | "hub">;
  afterwards(task: () => Promise<unknown>): void;
}

/** Wires how addresses of companies are told what happens. */
export function createEventWebhooks({ env, afterwards }: EventWebhookParts): EventWebhookPort {
  const policy = { allowLocal: env.allowLocalTargets };
  return {
    checkUrl: (url) => checkTargetUrl(url, policy),
    send: (webhook) => sendEventWebhook(webhook, policy),
    deliverSoon: env.enqueueEvents,
    endpointsChanged: (companyId) => afterwards(() => env.hub.forgetListeners(companyId)),
  };
}
