import { checkTargetUrl, readRetryAfterMs, signWebhook, type TargetPolicy } from "@boardroom/adapters";
import type { OutgoingWebhook, WebhookAnswer } from "@boardroom/domain";

const timeoutMs = 10_000;
/** Of an answer so many characters are kept, and not much more is read. */
const keptChars = 500;

/**
 * Sends a webhook as Standard Webhooks defines it. 2xx is delivered, 410 wants no more, everything else is worth another try.
 * Redirects are not followed. Never rejects.
 */
export async function sendEventWebhook(webhook: OutgoingWebhook, policy: TargetPolicy): Promise<WebhookAnswer> {
  const startedAt = Date.now();
  const outcome = await call(webhook, policy);
  return {
    at: new Date(startedAt).toISOString(),
    durationMs: Date.now() - startedAt,
    isDelivered: false,
    isFinal: false,
    status: null,
    error: null,
    response: null,
    retryAfterMs: null,
    ...outcome,
  };
}

async function call(
  { url, secrets, messageId, body }: OutgoingWebhook,
  policy: TargetPolicy,
): Promise<Partial<WebhookAnswer>> {
  const refused = checkTargetUrl(url, policy);
  if (refused !== null) return { isFinal: true, error: refused };
  const signal = AbortSignal.timeout(timeoutMs);
  try {
    const response = await fetch(url, {
      method: "POST",
      redirect: "manual",
      signal,
      headers: {
        "content-type": "application/json",
        "user-agent": "Boardroom-Webhook/1",
        ...signWebhook(secrets, messageId, new Date(), body),
      },
      body,
    });
    // It has answered: what becomes of the body changes nothing.
    return { ...judge(response), response: await readBeginning(response.body).catch(() => null) };
  } catch (error) {
    if (signal.aborted) return { error: `The address did not answer within ${timeoutMs / 1000} s.` };
    return { error: `The address can't be reached${reasonOf(error)}.` };
  }
}

function judge({ status, headers }: Response): Partial<WebhookAnswer> {
  if (status >= 200 && status < 300) return { status, isDelivered: true };
  if (status === 410) return { status, isFinal: true, error: "The address wants no more webhooks (410)." };
  if (status >= 300 && status < 400)
    return { status, error: `The address answered with a redirect (${status}), which is not followed.` };
  const retryAfterMs = readRetryAfterMs(headers.get("retry-after"), Date.now());
  return { status, error: `The address answered ${status}.`, retryAfterMs };
}

/** The beginning of a body as far as it is text that can be stored; the rest is not read. */
async function readBeginning(body: ReadableStream<Uint8Array> | null): Promise<string | null> {
  if (!body) return null;
  const reader = body.getReader();
  const decoder = new TextDecoder();
  let text = "";
  while (text.length < keptChars) {
    const { done, value } = await reader.read();
    if (done) break;
    text += decoder.decode(value, { stream: true });
  }
  await reader.cancel().catch(() => undefined);
  return text.replaceAll("\u0000", "").slice(0, keptChars).toWellFormed() || null;
}

/** The reason that the network gave, where it gave one. */
function reasonOf(error: unknown): string {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : null;
  return cause && "code" in cause ? ` (${String(cause.code)})` : "";
}
