import type { Mail } from "../env.ts";

interface Recipient {
  name: string;
  email: string;
}

export function verifyEmailMail(user: Recipient, link: string): Mail {
  return compose(user, "Confirm your e-mail address", {
    lead: "Confirm that this address is yours:",
    link,
    end: "The link is good for a day. If you did not sign up for Boardroom, ignore this mail.",
  });
}

export function resetPasswordMail(user: Recipient, link: string): Mail {
  return compose(user, "Set a new password", {
    lead: "Somebody, probably you, asked for a new password. Set it here:",
    link,
    end: "The link is good for an hour, once. If you did not ask, ignore this mail; your password stays as it is.",
  });
}

function compose(
  user: Recipient,
  subject: string,
  { lead, link, end }: { lead: string; link: string; end: string },
): Mail {
  const greeting = `Hello ${user.name},`;
  const [hello, first, url, last] = [greeting, lead, link, end].map(escapeHtml);
  return {
    to: user.email,
    subject: `${subject} · Boardroom`,
    text: [greeting, lead, link, end].join("\n\n"),
    html: `<p>${hello}</p><p>${first}</p><p><a href="${url}">${url}</a></p><p>${last}</p>`,
  };
}

const entities: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };
const escapeHtml = (text: string) => text.replace(/[&<>"']/g, (char) => entities[char] ?? char);
