import { Webhook } from "standardwebhooks";

/**
 * The headers that prove a webhook's origin, as Standard Webhooks defines them; one signature per secret.
 * @param secrets `whsec_…`, the current one first
 */
export function signWebhook(
  secrets: readonly string[],
  id: string,
  timestamp: Date,
  body: string,
): Record<string, string> {
  const signatures = secrets.slice(0, 2).map((secret) => new Webhook(secret).sign(id, timestamp, body));
  return {
    "webhook-id": id,
    "webhook-timestamp": String(Math.floor(timestamp.getTime() / 1000)),
    "webhook-signature": signatures.join(" "),
  };
}
