import type { MailerPort } from "../env.ts";

export interface HttpMailerOptions {
  /** Where a mail is posted to, as `https://api.resend.com/emails`. */
  url: string;
  token: string;
  /** `Name <address>`. */
  from: string;
}

const timeoutMs = 10_000;

/**
 * Sends mail through an HTTP provider that takes `{from, to, subject, text, html}` with a bearer token, as Resend does.
 * @throws Error when the provider does not take the mail
 */
export function createHttpMailer({ url, token, from }: HttpMailerOptions): MailerPort {
  return {
    send: async ({ idempotencyKey, ...mail }) => {
      const response = await fetch(url, {
        method: "POST",
        headers: {
          authorization: `Bearer ${token}`,
          "content-type": "application/json",
          ...(idempotencyKey && { "idempotency-key": idempotencyKey }),
        },
        body: JSON.stringify({ ...mail, from, to: [mail.to] }),
        signal: AbortSignal.timeout(timeoutMs),
      });
      await response.body?.cancel();
      if (!response.ok) throw new Error(`The mail provider answered ${response.status}.`);
    },
  };
}
