import { createClient, type MemberRole } from "@boardroom/contract";
import { type TestCompany, type TestPerson, useBoardroom } from "@boardroom/testing";
import { describe, expect, it } from "vitest";
import { readMailedLink } from "./support/mailbox.ts";

const boardroom = useBoardroom();
const anybody = () => createClient({ baseUrl: boardroom.url });
const tokenOf = (link: string | null) => link?.split("/join/")[1] ?? "";

async function invite({ board, cid }: TestCompany, role: MemberRole, more: { isOpen?: boolean; email?: string } = {}) {
  const made = await board.call("invites.create", { params: { cid }, body: { role, ...more } });
  return { ...made, token: tokenOf(made.link) };
}
const accept = ({ board }: TestPerson, token: string) => board.call("invites.accept", { params: { token } });
const rolesOf = async ({ board, cid }: TestCompany) =>
  (await board.call("companies.members", { params: { cid }, query: {} }))
    .map(({ displayName, role }) => `${displayName}: ${role}`)
    .sort();
const midOf = async ({ board, cid }: TestCompany, name: string) =>
  (await board.call("companies.members", { params: { cid }, query: {} })).find(
    ({ displayName }) => displayName === name,
  )?.id ?? expect.fail(`${name} is no member`);

describe("an invite", () => {
  it("is good for 72 hours, tells a stranger where it leads, and lets one person in with its role", async () => {
    const company = await boardroom.newCompany({ name: "Northwind" });
    const { token, expiresAt, createdAt } = await invite(company, "viewer");
    expect((Date.parse(expiresAt) - Date.parse(createdAt)) / 3_600_000).toBeCloseTo(72, 2);
    const shown = await anybody().call("invites.get", { params: { token } });
    expect(shown).toMatchObject({ companyName: "Northwind", role: "viewer", state: "open" });
    const vic = await boardroom.signUp("Vic");
    expect(await accept(vic, token)).toMatchObject({ outcome: "joined", role: "viewer", companyId: company.cid });
    expect((await accept(vic, token)).outcome).toBe("member");
    await expect(accept(await boardroom.signUp(), token)).rejects.toMatchObject({ status: 409 });
    expect((await anybody().call("invites.get", { params: { token } })).state).toBe("accepted");
    expect(await rolesOf(company)).toEqual(["Olga Owner: owner", "Vic: viewer"]);
    const goal = { params: { cid: company.cid }, body: { title: "Mine" } };
    await expect(vic.board.call("goals.create", goal)).rejects.toMatchObject({ status: 403 });
  });

  it("by mail is for its address alone, and reaches it", async () => {
    const company = await boardroom.newCompany({ name: "Northwind" });
    const pat = await boardroom.signUp("Pat");
    await invite(company, "operator", { email: pat.email });
    const { pathname } = await readMailedLink(boardroom, pat.email, /Northwind/);
    const token = tokenOf(pathname);
    await expect(accept(await boardroom.signUp(), token)).rejects.toMatchObject({ status: 403 });
    expect((await accept(pat, token)).outcome).toBe("joined");
  });

  it("that was revoked, is too old, or never was lets nobody in", async () => {
    const company = await boardroom.newCompany();
    const [gone, old] = [await invite(company, "admin"), await invite(company, "admin")];
    await company.board.call("invites.revoke", { params: { id: gone.id } });
    await boardroom.ownerQuery("update invites set expires_at = now() where id = $1", [old.id]);
    const person = await boardroom.signUp();
    for (const { token } of [gone, old]) await expect(accept(person, token)).rejects.toMatchObject({ status: 409 });
    await expect(accept(person, "x".repeat(43))).rejects.toMatchObject({ status: 404 });
    await expect(accept(person, "short")).rejects.toMatchObject({ status: 404 });
    expect(await rolesOf(company)).toEqual(["Olga Owner: owner"]);
  });
});

it("who comes by an open link is in once an admin says yes, with the role that the admin gives", async () => {
  const company = await boardroom.newCompany();
  const { board, cid } = company;
  const { token } = await invite(company, "viewer", { isOpen: true });
  const [pat, sam] = [await boardroom.signUp("Pat"), await boardroom.signUp("Sam")];
  for (const each of [pat, sam]) expect((await accept(each, token)).outcome).toBe("requested");
  await expect(pat.board.call("companies.get", { params: { cid } })).rejects.toMatchObject({ status: 404 });
  const requests = await board.call("joinRequests.list", { params: { cid }, query: { status: "pending" } });
  const jidOf = (name: string) => requests.find(({ displayName }) => displayName === name)?.id ?? "";
  await board.call("joinRequests.approve", { params: { cid, jid: jidOf("Pat") }, body: { role: "operator" } });
  await board.call("joinRequests.reject", { params: { cid, jid: jidOf("Sam") } });
  expect((await accept(sam, token)).outcome).toBe("rejected");
  expect(await rolesOf(company)).toEqual(["Olga Owner: owner", "Pat: operator"]);
  const sams = { params: { cid, jid: jidOf("Sam") }, body: {} };
  await expect(pat.board.call("joinRequests.approve", sams)).rejects.toMatchObject({ status: 403 });
});

it("a company keeps an owner, and who is removed sees nothing of it, with session and key alike", async () => {
  const company = await boardroom.newCompany();
  const { board, cid } = company;
  const leave = (as: typeof board) => as.call("members.leave", { params: { cid } });
  const mine = { cid, mid: await midOf(company, "Olga Owner") };
  await expect(leave(board)).rejects.toMatchObject({ status: 409 });
  await expect(board.call("members.remove", { params: mine })).rejects.toMatchObject({ status: 409 });
  await expect(board.call("members.update", { params: mine, body: { role: "viewer" } })).rejects.toMatchObject({
    status: 409,
  });
  const pat = await boardroom.signUp("Pat");
  await accept(pat, (await invite(company, "owner")).token);
  const { token } = await pat.board.call("boardKeys.create", { body: { name: "Pat's script" } });
  const byKey = boardroom.clientWith(token ?? "");
  const params = { cid };
  for (const as of [pat.board, byKey]) expect(await as.call("companies.get", { params })).toMatchObject({ id: cid });
  await board.call("members.remove", { params: { cid, mid: await midOf(company, "Pat") } });
  for (const as of [pat.board, byKey]) {
    await expect(as.call("companies.get", { params })).rejects.toMatchObject({ status: 404 });
  }
  await expect(leave(board)).rejects.toMatchObject({ status: 409 });
});

describe("a command line", () => {
  const ask = async (scopes: string[] = []) => {
    const made = await anybody().call("cliAuth.challenge", {
      body: { clientName: "boardroom on ada", scopes, keyDays: 7 },
    });
    const poll = (secret = made.secret) =>
      anybody().call("cliAuth.poll", { params: { id: made.id }, query: { secret } });
    return { ...made, poll };
  };

  it("gets its key once, after a person at the board said yes, and with the scopes that it asked for", async () => {
    const { owner, board, cid } = await boardroom.newCompany();
    const { id, userCode, poll } = await ask(["read"]);
    expect(await poll()).toMatchObject({ status: "pending", token: null });
    const code = userCode.toLowerCase().replace("-", "");
    expect(await board.call("cliAuth.find", { query: { code } })).toMatchObject({ id, scopes: ["read"], keyDays: 7 });
    const { token: key } = await board.call("boardKeys.create", { body: { name: "script" } });
    const byKey = boardroom.clientWith(key ?? "").call("cliAuth.approve", { params: { id } });
    await expect(byKey).rejects.toMatchObject({ status: 403 });
    await board.call("cliAuth.approve", { params: { id } });
    const { token, keyExpiresAt } = await poll();
    expect(Math.round((Date.parse(keyExpiresAt ?? "") - Date.now()) / 86_400_000)).toBe(7);
    expect(await poll()).toMatchObject({ status: "claimed", token: null });
    const device = boardroom.clientWith(token ?? "");
    expect(await device.call("cliAuth.me", {})).toMatchObject({ name: owner.name, scopes: ["read"] });
    expect(await device.call("companies.get", { params: { cid } })).toMatchObject({ id: cid });
    const goal = device.call("goals.create", { params: { cid }, body: { title: "Mine" } });
    await expect(goal).rejects.toMatchObject({ status: 403 });
  });

  it("gets none for a wrong code or secret, when it is turned away, or too late", async () => {
    const { board } = await boardroom.newCompany();
    const find = (code: string) => board.call("cliAuth.find", { query: { code } });
    const [away, late] = [await ask(), await ask()];
    await expect(find("2222-2222")).rejects.toMatchObject({ status: 404 });
    await expect(away.poll("x".repeat(43))).rejects.toMatchObject({ status: 404 });
    await board.call("cliAuth.cancel", { params: { id: away.id } });
    expect(await away.poll()).toMatchObject({ status: "cancelled", token: null });
    await boardroom.ownerQuery("update cli_challenges set expires_at = now() where id = $1", [late.id]);
    await expect(board.call("cliAuth.approve", { params: { id: late.id } })).rejects.toMatchObject({ status: 409 });
    expect(await late.poll()).toMatchObject({ status: "expired", token: null });
  });
});
