import type { ClaimedNotification } from "./claim-notifications.ts";
import type { Address } from "./deliver-notifications.ts";
import type { NoticeMail, PushNotice } from "./ports.ts";

/** The page of the board where a decision is answered. */
export const pageOf = ({ issuePrefix, kind, decisionId }: ClaimedNotification): string =>
  `/${issuePrefix.toLowerCase()}/decisions/${kind}/${decisionId}`;

/** What a device shows: who asks what, where. */
export function noticeOf(claimed: ClaimedNotification): PushNotice {
  const { askedBy, title, issueIdentifier, companyName, isUrgent, decisionId } = claimed;
  return {
    title: cut(`${askedBy} ${title}`, 120),
    body: issueIdentifier ? `${companyName} · ${issueIdentifier}` : companyName,
    url: pageOf(claimed),
    tag: decisionId.replaceAll("-", ""),
    isUrgent,
  };
}

interface MailPlace extends Address {
  publicUrl: string;
  unsubscribeUrl: string;
}

/** The mail: its subject says who asks what, its link leads to where it is answered. */
export function mailOf(
  claimed: ClaimedNotification,
  { email, name, publicUrl, unsubscribeUrl }: MailPlace,
): NoticeMail {
  const { askedBy, title, companyName, issueIdentifier, until, isUrgent, id } = claimed;
  const link = `${publicUrl}${pageOf(claimed)}`;
  const settings = `${publicUrl}/${claimed.issuePrefix.toLowerCase()}/settings/notifications`;
  const asks = `${askedBy} ${title}`;
  const about = issueIdentifier ? `${companyName}, ${issueIdentifier}` : companyName;
  const lines = [
    `Hello ${name},`,
    `${asks} (${about}).`,
    ...(until ? [`It waits until ${new Date(until).toUTCString()}.`] : []),
    `Answer it here: ${link}`,
    `What you get mail about, and when: ${settings}`,
  ];
  const html = [
    `<p>Hello ${escapeHtml(name)},</p>`,
    `<p>${escapeHtml(`${asks} (${about}).`)}</p>`,
    ...(until ? [`<p>It waits until ${escapeHtml(new Date(until).toUTCString())}.</p>`] : []),
    `<p><a href="${escapeHtml(link)}">Answer it</a></p>`,
    `<p><small><a href="${escapeHtml(settings)}">What you get mail about, and when</a></small></p>`,
  ];
  return {
    key: `notification-${id}`,
    to: email,
    subject: cut(`${isUrgent ? "Urgent: " : ""}${asks}`.replaceAll(/\s+/g, " "), 150),
    text: lines.join("\n\n"),
    html: html.join("\n"),
    headers: {
      "List-Unsubscribe": `<${unsubscribeUrl}>`,
      "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    },
  };
}

const entities: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };
export const escapeHtml = (text: string) => text.replace(/[&<>"']/g, (char) => entities[char] ?? char);

/** Cut at a whole character. */
const cut = (text: string, length: number) =>
  text.length <= length ? text : `${[...text].slice(0, length - 1).join("")}…`;
