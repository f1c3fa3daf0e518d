import { sql } from "drizzle-orm";
import type { Ctx } from "../context.ts";
import { escapeHtml } from "../notifications/notices.ts";
import type { NoticeMail } from "../notifications/ports.ts";
import { linkOf } from "./invite-life.ts";

interface InviteToSend {
  id: string;
  email: string | null;
  role: string;
  invitedByName: string;
  companyName: string;
}

/** Mails a link after the answer was sent; how that went stands on the invite, where it can be sent again. */
export function sendInvite({ db, ports, committed }: Ctx, invite: InviteToSend, token: string, hash: string): void {
  const { id, email } = invite;
  if (email === null) return;
  ports.afterwards(async () => {
    const outcome = await ports.notifier.sendMail(
      mailOfInvite({ ...invite, email }, linkOf(ports.publicUrl, token), hash),
    );
    const problem = "problem" in outcome ? outcome.problem : null;
    await db.tagged("invites.send").raw(sql`
      update invites set sent_at = case when ${outcome.kind === "sent"}::boolean then now() end, send_problem = ${problem}::text
      where company_id = ${db.companyId}::uuid and id = ${id}::uuid and token_hash = ${hash}`);
    committed();
  });
}

function mailOfInvite(
  { id, email, role, invitedByName, companyName }: InviteToSend & { email: string },
  link: string,
  hash: string,
): NoticeMail {
  const lead = `${invitedByName} invites you to the board of ${companyName}, as ${role}.`;
  const end = "The link is good for three days, once. If you don't know who this is, ignore this mail.";
  return {
    key: `invite-${id}-${hash.slice(0, 12)}`,
    to: email,
    subject: `${invitedByName} invites you to ${companyName} · Boardroom`.replaceAll(/\s+/g, " ").slice(0, 150),
    text: ["Hello,", lead, `Join here: ${link}`, end].join("\n\n"),
    html: [
      "<p>Hello,</p>",
      `<p>${escapeHtml(lead)}</p>`,
      `<p><a href="${escapeHtml(link)}">Join</a></p>`,
      `<p><small>${escapeHtml(end)}</small></p>`,
    ].join("\n"),
    headers: {},
  };
}
