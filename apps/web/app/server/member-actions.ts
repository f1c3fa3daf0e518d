import { operations } from "@boardroom/contract";
import { parseForm } from "../forms/act.ts";
import { readText } from "../forms/read.ts";
import type { CompanyActionArgs } from "./board.ts";

/** The link of an invite; shown once. */
export interface MadeLink {
  link: string;
}

/** Does what one of the forms about members asks; answers a link where it made one. */
export async function actOnMembers({ api, company, form, intent }: CompanyActionArgs): Promise<MadeLink | null> {
  const cid = company.id;
  const ofMember = { params: { cid, mid: readText(form, "memberId") } };
  const ofRequest = { params: { cid, jid: readText(form, "requestId") } };
  const ofInvite = { params: { id: readText(form, "inviteId") } };
  switch (intent) {
    case "role": {
      const body = parseForm(operations["members.update"].body, { role: readText(form, "role") }, form);
      await api.call("members.update", { ...ofMember, body });
      return null;
    }
    case "remove":
      await api.call("members.remove", ofMember);
      return null;
    case "leave":
      await api.call("members.leave", { params: { cid } });
      return null;
    case "approve-request":
      await api.call("joinRequests.approve", { ...ofRequest, body: {} });
      return null;
    case "reject-request":
      await api.call("joinRequests.reject", ofRequest);
      return null;
    case "withdraw":
      await api.call("invites.revoke", ofInvite);
      return null;
    case "resend": {
      const { link } = await api.call("invites.resend", ofInvite);
      return link === null ? null : { link };
    }
    default:
      return null;
  }
}
