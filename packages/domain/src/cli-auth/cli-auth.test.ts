import { cliChallenge, createdCliChallenge, overview, polledCliChallenge } from "@boardroom/contract";
import { expect, it } from "vitest";
import { useDomainDatabase } from "../../test/domain-database.ts";
import { createApproval } from "../approvals/index.ts";
import { readOverview } from "../companies/index.ts";
import { listBoardKeys } from "../keys/index.ts";
import * as cli from "./index.ts";

const db = useDomainDatabase();

async function device() {
  const [{ system }, { ports, board }] = [await db.newPerson(), await db.newTenant()];
  return { system, ports, enter: () => board };
}
const ask = async (scopes: string[] = []) => {
  const from = await device();
  const made = createdCliChallenge.parse(
    await cli.createChallenge(from, { clientName: "boardroom on ada", scopes, keyDays: 30 }, null),
  );
  const poll = async () =>
    polledCliChallenge.parse(await cli.pollChallenge(from, { id: made.id, secret: made.secret }));
  return { ...made, from, poll };
};

it("gives a command line its key once, after somebody who is signed in said yes", async () => {
  const pat = await db.newPerson("Pat");
  const { id, userCode, secret, poll } = await ask(["read"]);
  expect(await poll()).toMatchObject({ status: "pending", token: null });
  const shown = cliChallenge.parse(await cli.findChallenge(pat, { code: userCode.toLowerCase().replace("-", " ") }));
  expect(shown).toMatchObject({ id, clientName: "boardroom on ada", scopes: ["read"], keyDays: 30, status: "pending" });
  expect(JSON.stringify(shown)).not.toContain(secret);
  await cli.approveChallenge(pat, { id });
  const polls = await Promise.all([poll(), poll(), poll()]);
  expect(polls.filter(({ token }) => token !== null)).toHaveLength(1);
  expect(await poll()).toMatchObject({ status: "claimed", token: null });
  const [key, ...others] = (await listBoardKeys(pat, { limit: 5 })).items;
  expect([key, others]).toMatchObject([{ name: "boardroom on ada", scopes: ["read"] }, []]);
  const days = (Date.parse(key?.expiresAt ?? "") - Date.now()) / 86_400_000;
  expect(Math.round(days)).toBe(30);
  const withKey = { ...pat, person: { ...pat.person, key: { id: key?.id ?? "", scopes: ["read"] } } };
  expect(await cli.readCliIdentity(withKey)).toMatchObject({ source: "board_key", keyId: key?.id, scopes: ["read"] });
  expect(await cli.revokeCurrentKey(withKey)).toEqual({ revokedKeyId: key?.id });
  expect((await listBoardKeys(pat, { limit: 5 })).items[0]?.revokedAt).not.toBeNull();
  expect(await cli.revokeCurrentKey(pat)).toEqual({ revokedKeyId: null });
});

it("gives no key to a command line that was turned away, is too late, or doesn't know its secret", async () => {
  const pat = await db.newPerson();
  const away = await ask();
  await cli.cancelChallenge(pat, { id: away.id });
  expect(await away.poll()).toMatchObject({ status: "cancelled", token: null });
  await expect(cli.approveChallenge(pat, { id: away.id })).rejects.toMatchObject({ code: "conflict" });
  const late = await ask();
  await cli.approveChallenge(pat, { id: late.id });
  await db.owner.query("update cli_challenges set expires_at = now() where id = $1", [late.id]);
  expect(await late.poll()).toMatchObject({ status: "expired", token: null });
  const stranger = cli.pollChallenge(late.from, { id: late.id, secret: "x".repeat(43) });
  await expect(stranger).rejects.toMatchObject({ code: "not_found" });
});

it("lets nobody answer what another has answered", async () => {
  const [pat, sam] = [await db.newPerson(), await db.newPerson()];
  const { id, userCode } = await ask();
  await cli.approveChallenge(pat, { id });
  const notFound = { code: "not_found" };
  await expect(cli.findChallenge(sam, { code: userCode })).rejects.toMatchObject(notFound);
  await expect(cli.approveChallenge(sam, { id })).rejects.toMatchObject(notFound);
  await expect(cli.cancelChallenge(sam, { id })).rejects.toMatchObject(notFound);
});

it("takes only so many command lines of one address", async () => {
  const from = await device();
  const one = () => cli.createChallenge(from, { clientName: "flood" }, "203.0.113.7");
  for (let count = 0; count < 20; count++) await one();
  await expect(one()).rejects.toMatchObject({ code: "rate_limited" });
});

it("shows somebody on several boards all of them and one queue, and nothing of others", async () => {
  const pat = await db.newPerson("Pat");
  const tenants = [await db.newTenant({ name: "Acme" }), await db.newTenant({ name: "Beta" }), await db.newTenant()];
  const ids = tenants.map(({ companyId }) => companyId);
  for (const [index, { board }] of tenants.entries()) {
    await createApproval(board, { type: "request_board_approval", payload: { title: `Question ${index}` } });
  }
  for (const [companyId, role] of [
    [ids[0], "owner"],
    [ids[1], "viewer"],
  ]) {
    await db.owner.query(
      "insert into memberships (company_id, user_id, display_name, role) values ($1, $2, 'Pat', $3)",
      [companyId, pat.person.userId, role],
    );
  }
  const { companies, decisions } = overview.parse(await readOverview(pat));
  expect(companies.map(({ name, role, pendingDecisions }) => [name, role, pendingDecisions])).toEqual([
    ["Acme", "owner", 1],
    ["Beta", "viewer", 0],
  ]);
  expect(decisions).toMatchObject([{ companyId: ids[0], kind: "approval" }]);
  expect(await db.countRequests(() => readOverview(pat))).toBe(1);
});
