import type { MailerPort } from "@boardroom/api";

export interface MailerOptions {
  /** The provider's address for `POST {from, to, subject, text, html}`. */
  url: string;
  token: string;
  from: string;
}

/** Sends mail through an HTTP provider. */
export function createMailer({ url, token, from }: MailerOptions): MailerPort {
  return {
    async send({ to, subject, text, html }) {
      const response = await fetch(url, {
        method: "POST",
        headers: { "content-type": "application/json", authorization: `Bearer ${token}` },
        body: JSON.stringify({ from, to: [to], subject, text, html }),
      });
      const answer = await response.text();
      if (!response.ok) throw new Error(`The mail provider answered ${response.status}: ${answer.slice(0, 300)}`);
    },
  };
}
