import { randomBytes } from "node:crypto";
import { createClient } from "@boardroom/contract";
import { bearer, givenJoinRequest, type Tenant, word } from "../tenant.ts";
import type { ExamplesOf } from "./example.ts";

const ofCompany = (t: Tenant) => ({ params: { cid: t.cid } });
const newInvite = (t: Tenant, body: object = {}) =>
  t.board.call("invites.create", { ...ofCompany(t), body: { role: "viewer", ...body } });
const tokenOf = (link: string | null) => link?.split("/").at(-1) ?? "";

/** Another member of the company, who calls nothing. */
export async function newMember(t: Tenant, role = "viewer"): Promise<string> {
  const [row] = await t.boardroom.ownerQuery<{ id: string }>(
    "insert into memberships (company_id, user_id, display_name, role) values ($1, $2, $3, $4) returning id",
    [t.cid, word(), word(), role],
  );
  return row?.id ?? "";
}

/** Somebody who asks to join. */
export async function newJoinRequest(t: Tenant): Promise<string> {
  const { id } = await newInvite(t, { isOpen: true });
  return givenJoinRequest(t.boardroom, t.cid, id, word());
}

/** A company with the same people and an owner besides, so that whoever calls may leave it. */
async function companyToLeave(t: Tenant): Promise<string> {
  const { id } = await t.board.call("companies.create", { body: { name: `Company ${word()}` } });
  await t.boardroom.ownerQuery(
    `insert into memberships (company_id, user_id, display_name, role)
     select $2, user_id, display_name, role from memberships where company_id = $1 on conflict do nothing`,
    [t.cid, id],
  );
  await t.boardroom.ownerQuery(
    "insert into memberships (company_id, user_id, display_name, role) values ($1, $2, 'Olga', 'owner')",
    [id, word()],
  );
  return id;
}

/** Only so many of one address may be open: each asks from another one. */
const fromElsewhere = () => ({
  "cf-connecting-ip": `2001:db8::${randomBytes(2).toString("hex")}:${randomBytes(2).toString("hex")}`,
});
const freshChallenge = (t: Tenant) =>
  createClient({ baseUrl: t.url, headers: fromElsewhere() }).call("cliAuth.challenge", {
    body: { clientName: word() },
  });

export const peopleExamples: ExamplesOf<"members" | "invites" | "joinRequests"> = {
  "members.update": async (t) => ({ params: { cid: t.cid, mid: await newMember(t) }, body: { role: "operator" } }),
  "members.remove": async (t) => ({ params: { cid: t.cid, mid: await newMember(t) } }),
  "members.leave": async (t) => ({ params: { cid: await companyToLeave(t) } }),
  "invites.list": ofCompany,
  "invites.create": (t) => ({ ...ofCompany(t), body: { email: `${word()}@example.com`, role: "viewer" } }),
  "invites.revoke": async (t) => ({ params: { id: (await newInvite(t)).id } }),
  "invites.resend": async (t) => ({ params: { id: (await newInvite(t)).id } }),
  "invites.get": async (t) => ({ params: { token: tokenOf((await newInvite(t)).link) } }),
  "invites.accept": async (t) => ({ params: { token: tokenOf((await newInvite(t)).link) } }),
  "joinRequests.list": ofCompany,
  "joinRequests.approve": async (t) => ({ params: { cid: t.cid, jid: await newJoinRequest(t) }, body: {} }),
  "joinRequests.reject": async (t) => ({ params: { cid: t.cid, jid: await newJoinRequest(t) } }),
};

export const cliAuthExamples: ExamplesOf<"cliAuth"> = {
  "cliAuth.challenge": () => ({
    body: { clientName: `boardroom on ${word()}`, scopes: ["read"] },
    headers: fromElsewhere(),
  }),
  "cliAuth.find": async (t) => ({ query: { code: (await freshChallenge(t)).userCode } }),
  "cliAuth.poll": async (t) => {
    const { id, secret } = await freshChallenge(t);
    return { params: { id }, query: { secret } };
  },
  "cliAuth.approve": async (t) => ({ params: { id: (await freshChallenge(t)).id } }),
  "cliAuth.cancel": async (t) => ({ params: { id: (await freshChallenge(t)).id } }),
  "cliAuth.me": () => ({}),
  // A key of its own: the caller's is needed again.
  "cliAuth.revokeCurrent": async (t, as) => {
    if (as !== "boardKey") return {};
    const { token } = await t.board.call("boardKeys.create", { body: { name: word() } });
    return { headers: bearer(token ?? "") };
  },
};
