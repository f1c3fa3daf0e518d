import {
  acceptedInvite,
  createdInvite,
  invite as inviteEntity,
  joinRequest,
  type MemberRole,
} from "@boardroom/contract";
import { expect, it } from "vitest";
import { type Tenant, useDomainDatabase } from "../../test/domain-database.ts";
import { listActivity } from "../activity/index.ts";
import { listMembers } from "../companies/index.ts";
import * as members from "./index.ts";

const db = useDomainDatabase();
const tokenOf = (link: string | null) => link?.split("/join/")[1] ?? "";
const newLink = async ({ board }: Tenant, body: { role?: MemberRole; isOpen?: boolean; email?: string } = {}) => {
  const made = await members.createInvite(board, { role: "operator", ...body });
  return { ...made, token: tokenOf(made.link) };
};
const peopleOf = async ({ board }: Tenant) => (await listMembers(board, { limit: 50 })).items;
const midOf = async (tenant: Tenant, userId: string) =>
  (await peopleOf(tenant)).find((each) => each.userId === userId)?.id ?? expect.fail("no such member");
const emailOf = (person: { person: { userId: string } }) => `${person.person.userId.toLowerCase()}@example.com`;

it("lets one person in by a link, however many hurry", async () => {
  const tenant = await db.newTenant();
  const { token } = await newLink(tenant);
  const crowd = await Promise.all(Array.from({ length: 5 }, () => db.newPerson()));
  const tries = await Promise.allSettled(crowd.map((person) => members.acceptInvite(person, { token })));
  const came = tries.flatMap((each) =>
    each.status === "fulfilled" ? [acceptedInvite.strict().parse(each.value)] : [],
  );
  expect(came).toMatchObject([{ outcome: "joined", role: "operator", companyId: tenant.companyId }]);
  for (const each of tries) if (each.status === "rejected") expect(each.reason).toMatchObject({ code: "conflict" });
  expect(await peopleOf(tenant)).toHaveLength(2);
  expect((await listActivity(tenant.board, { limit: 5, action: "member.joined" })).items).toHaveLength(1);
});

it("shows a link once and keeps only its hash, and says to its holder where it leads", async () => {
  const tenant = await db.newTenant({ name: "Northwind" });
  const once = { ...tenant.board, idempotency: { key: "k", operation: "invites.create", bodyHash: "h" } };
  const made = await members.createInvite(once, { role: "viewer" });
  expect(createdInvite.parse(await members.createInvite(once, { role: "viewer" })).link).toBeNull();
  const token = tokenOf(made.link);
  for (const table of ["invites", "activity_log", "idempotency_keys"]) {
    const { rows } = await db.owner.query(`select 1 from ${table} t where position($1 in t::text) > 0`, [token]);
    expect(rows, table).toEqual([]);
  }
  const device = { system: (await db.newPerson()).system, ports: tenant.ports, enter: () => tenant.board };
  expect(await members.showInvite(device, { token })).toMatchObject({
    companyName: "Northwind",
    role: "viewer",
    state: "open",
  });
  await members.revokeInvite(tenant.board, { id: made.id });
  expect((await members.showInvite(device, { token })).state).toBe("revoked");
  await expect(members.acceptInvite(await db.newPerson(), { token })).rejects.toMatchObject({ code: "conflict" });
  await expect(members.showInvite(device, { token: "x".repeat(43) })).rejects.toMatchObject({ code: "not_found" });
});

it("mails an invite, says when that failed, and sends a new link that makes the former worthless", async () => {
  const tenant = await db.newTenant();
  const { notifier } = tenant.ports;
  const person = await db.newPerson();
  const email = emailOf(person);
  const outcome = notifier.outcome;
  notifier.outcome = () => ({ kind: "later", afterMs: null, problem: "The provider is away." });
  const first = await newLink(tenant, { email });
  await tenant.ports.settled();
  const [unsent] = (await members.listInvites(tenant.board, { limit: 5 })).items;
  expect(inviteEntity.parse(unsent)).toMatchObject({ sentAt: null, sendProblem: "The provider is away." });
  notifier.outcome = outcome;
  await members.resendInvite(tenant.board, { id: first.id });
  await tenant.ports.settled();
  const [sent] = (await members.listInvites(tenant.board, { limit: 5 })).items;
  expect(sent?.sentAt).not.toBeNull();
  const token = /\/join\/([\w-]{43})/.exec(notifier.mails.at(-1)?.text ?? "")?.[1] ?? "";
  await expect(members.acceptInvite(person, { token: first.token })).rejects.toMatchObject({ code: "not_found" });
  await expect(members.acceptInvite(await db.newPerson(), { token })).rejects.toMatchObject({ code: "forbidden" });
  expect((await members.acceptInvite(person, { token })).outcome).toBe("joined");
  expect((await members.acceptInvite(person, { token })).outcome).toBe("member");
  await expect(members.resendInvite(tenant.board, { id: first.id })).rejects.toMatchObject({ code: "conflict" });
  await expect(members.revokeInvite(tenant.board, { id: first.id })).rejects.toMatchObject({ code: "conflict" });
});

it("does not let anybody in by a link that is too old", async () => {
  const tenant = await db.newTenant();
  const { token, id } = await newLink(tenant);
  await db.owner.query("update invites set expires_at = now() where id = $1", [id]);
  await expect(members.acceptInvite(await db.newPerson(), { token })).rejects.toMatchObject({ code: "conflict" });
});

it("asks the board about each who comes by an open link; who was refused can't ask again by it", async () => {
  const tenant = await db.newTenant();
  const { token } = await newLink(tenant, { isOpen: true, role: "viewer" });
  const [pat, sam] = [await db.newPerson("Pat"), await db.newPerson("Sam")];
  for (const person of [pat, pat, sam]) {
    expect((await members.acceptInvite(person, { token })).outcome).toBe("requested");
  }
  const { items } = await members.listJoinRequests(tenant.board, { limit: 5, status: "pending" });
  expect(
    joinRequest
      .array()
      .parse(items)
      .map(({ displayName }) => displayName),
  ).toEqual(["Sam", "Pat"]);
  const [ofSam, ofPat] = items;
  const approved = await members.approveJoinRequest(tenant.board, { jid: ofPat?.id ?? "", role: "operator" });
  expect(approved).toMatchObject({ status: "approved", role: "operator", decidedByName: "Olga Owner" });
  await members.rejectJoinRequest(tenant.board, { jid: ofSam?.id ?? "" });
  const late = members.approveJoinRequest(tenant.board, { jid: ofSam?.id ?? "" });
  await expect(late).rejects.toMatchObject({ code: "conflict" });
  expect((await members.acceptInvite(sam, { token })).outcome).toBe("rejected");
  expect((await members.acceptInvite(pat, { token })).outcome).toBe("member");
  expect((await peopleOf(tenant)).map(({ displayName, role }) => [displayName, role])).toEqual([
    ["Pat", "operator"],
    ["Olga Owner", "owner"],
  ]);
});

it("keeps an owner: the last one neither steps down, nor goes, nor is removed, even when two hurry", async () => {
  const tenant = await db.newTenant();
  const mine = { mid: await midOf(tenant, tenant.ownerId) };
  const conflict = { code: "conflict" };
  await expect(members.updateMember(tenant.board, { ...mine, role: "admin" })).rejects.toMatchObject(conflict);
  await expect(members.removeMember(tenant.board, mine)).rejects.toMatchObject(conflict);
  await expect(members.leaveCompany(tenant.board)).rejects.toMatchObject(conflict);
  const second = await tenant.member("owner");
  const outcomes = await Promise.allSettled([members.leaveCompany(tenant.board), members.leaveCompany(second)]);
  expect(outcomes.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
});

it("lets admins decide about everybody but owners", async () => {
  const tenant = await db.newTenant();
  const [admin, viewer] = [await tenant.member("admin"), await tenant.member("viewer", "Vic")];
  const mid = await midOf(tenant, viewer.actor.id);
  const owner = { mid: await midOf(tenant, tenant.ownerId) };
  expect(await members.updateMember(admin, { mid, role: "operator" })).toMatchObject({
    role: "operator",
    displayName: "Vic",
  });
  const [changed] = (await listActivity(tenant.board, { limit: 1, action: "member.role_changed" })).items;
  expect(changed).toMatchObject({ actorId: admin.actor.id, details: { from: "viewer", to: "operator", name: "Vic" } });
  const forbidden = { code: "forbidden" };
  await expect(members.updateMember(admin, { mid, role: "owner" })).rejects.toMatchObject(forbidden);
  await expect(members.updateMember(admin, { ...owner, role: "viewer" })).rejects.toMatchObject(forbidden);
  await expect(members.removeMember(admin, owner)).rejects.toMatchObject(forbidden);
  await expect(members.createInvite(admin, { role: "owner" })).rejects.toMatchObject(forbidden);
  const { id } = await newLink(tenant, { role: "owner" });
  await expect(members.resendInvite(admin, { id })).rejects.toMatchObject(forbidden);
  await members.removeMember(admin, { mid });
  await expect(members.removeMember(admin, { mid })).rejects.toMatchObject({ code: "not_found" });
});

it("withdraws with a member the links that they made", async () => {
  const tenant = await db.newTenant();
  const admin = await tenant.member("admin");
  const { link } = await members.createInvite(admin, { role: "admin" });
  await members.removeMember(tenant.board, { mid: await midOf(tenant, admin.actor.id) });
  const coming = members.acceptInvite(await db.newPerson(), { token: tokenOf(link) });
  await expect(coming).rejects.toMatchObject({ code: "conflict" });
});

it("hides another company's members, invites and requests", async () => {
  const [mine, other] = await Promise.all([db.newTenant(), db.newTenant()]);
  const foreign = await newLink(other, { isOpen: true });
  await members.acceptInvite(await db.newPerson(), { token: foreign.token });
  const jid = (await members.listJoinRequests(other.board, { limit: 1 })).items[0]?.id ?? "";
  const mid = await midOf(other, other.ownerId);
  const notFound = { code: "not_found" };
  await expect(members.updateMember(mine.board, { mid, role: "viewer" })).rejects.toMatchObject(notFound);
  await expect(members.removeMember(mine.board, { mid })).rejects.toMatchObject(notFound);
  await expect(members.revokeInvite(mine.board, { id: foreign.id })).rejects.toMatchObject(notFound);
  await expect(members.resendInvite(mine.board, { id: foreign.id })).rejects.toMatchObject(notFound);
  await expect(members.approveJoinRequest(mine.board, { jid })).rejects.toMatchObject(notFound);
  await expect(members.rejectJoinRequest(mine.board, { jid })).rejects.toMatchObject(notFound);
  expect((await members.listInvites(mine.board, { limit: 5 })).items).toEqual([]);
});
