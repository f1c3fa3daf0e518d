import { company as companyEntity, type MemberRole, member } from "@boardroom/contract";
import { expect, it } from "vitest";
import { useDomainDatabase } from "../../test/domain-database.ts";
import { draftOf } from "../../test/drafts.ts";
import { listActivity } from "../activity/index.ts";
import { getAgent, hireAgent } from "../agents/index.ts";
import * as companies from "./index.ts";

const db = useDomainDatabase();
let unique = 0;
/** A name whose suggestions no other test takes. */
const freshName = () => `Q${String.fromCharCode(65 + unique++)}x Works`;

it("founds a company with its owner, its log and its prefix in one request", async () => {
  const pat = await db.newPerson("Pat");
  let made: Awaited<ReturnType<typeof companies.createCompany>> | undefined;
  const requests = await db.countRequests(async () => {
    made = await companies.createCompany(pat, { name: "Acme Robotics", budgetMonthlyCents: 5000 });
  });
  expect(requests).toBe(1);
  expect(companyEntity.parse(made)).toMatchObject({
    issuePrefix: "ACME",
    spentMonthlyCents: 0,
    budgetMonthlyCents: 5000,
  });
  const { rows } = await db.owner.query(
    `select m.user_id, m.display_name, m.role, l.action, l.actor_id from memberships m
     join activity_log l on l.company_id = m.company_id where m.company_id = $1`,
    [made?.id],
  );
  const userId = pat.person.userId;
  expect(rows).toEqual([
    { user_id: userId, display_name: "Pat", role: "owner", action: "company.created", actor_id: userId },
  ]);
});

it("takes the next free prefix, also when eight are founded at once, and refuses a wished one that is taken", async () => {
  const pat = await db.newPerson();
  const name = freshName();
  const made = await Promise.all(Array.from({ length: 8 }, () => companies.createCompany(pat, { name })));
  expect(new Set(made.map(({ issuePrefix }) => issuePrefix)).size).toBe(8);
  const [taken] = made;
  await expect(companies.createCompany(pat, { name, issuePrefix: taken?.issuePrefix ?? "" })).rejects.toMatchObject({
    code: "already_exists",
  });
});

it("suggests a free prefix and says whether a wish is free, possible or not", async () => {
  const pat = await db.newPerson();
  const name = freshName();
  const { issuePrefix } = await companies.createCompany(pat, { name });
  const ask = (wish?: string) => companies.suggestPrefix(pat, { name, wish });
  expect(await ask()).toMatchObject({ wishIsFree: null });
  expect((await ask()).suggestion).not.toBe(issuePrefix);
  expect((await ask(issuePrefix.toLowerCase())).wishIsFree).toBe(false);
  expect((await ask("ZZTOP9")).wishIsFree).toBe(true);
  expect((await ask("1")).wishIsFree).toBe(false);
});

it("founds once for a retry with the same key", async () => {
  const pat = await db.newPerson();
  const once = { ...pat, idempotency: { key: "k", operation: "companies.create", bodyHash: "h" } };
  const input = { name: freshName(), issuePrefix: "ONCE" };
  const first = await companies.createCompany(once, input);
  expect(await companies.createCompany(once, input)).toEqual(first);
  const other = { ...once, idempotency: { ...once.idempotency, bodyHash: "other" } };
  await expect(companies.createCompany(other, input)).rejects.toMatchObject({ code: "idempotency_mismatch" });
  expect((await companies.listCompanies(pat, { limit: 10 })).items).toHaveLength(1);
});

it("lists only the companies and figures of the person who asks", async () => {
  const [pat, sam] = [await db.newPerson(), await db.newPerson()];
  const mine = [
    await companies.createCompany(pat, { name: freshName() }),
    await companies.createCompany(pat, { name: freshName() }),
  ];
  await companies.createCompany(sam, { name: freshName() });
  const first = await companies.listCompanies(pat, { limit: 1 });
  const second = await companies.listCompanies(pat, { limit: 1, cursor: first.nextCursor ?? "" });
  expect([...first.items, ...second.items]).toEqual([mine[1], mine[0]].map((each) => ({ ...each, role: "owner" })));
  expect(second.nextCursor).toBeNull();
  const stats = await companies.listCompanyStats(pat, { limit: 10 });
  expect(stats.items).toEqual(
    [mine[1], mine[0]].map((each) => ({ companyId: each?.id, agentCount: 0, issueCount: 0, pendingApprovals: 0 })),
  );
});

it("sums what its agents spent this month", async () => {
  const { board, companyId } = await db.newTenant();
  await db.owner.query(
    `insert into budget_spend (company_id, scope, scope_id, month, spent_cents)
     select $1, s::budget_scope, gen_random_uuid(), date_trunc('month', now() at time zone 'utc') - make_interval(months => m), 10.25
     from (values ('agent', 0), ('agent', 0), ('agent', 1), ('project', 0)) v (s, m)`,
    [companyId],
  );
  expect((await companies.getCompany(board)).spentMonthlyCents).toBe(20.5);
  const { items } = await companies.listOwnCompany(board);
  expect(items[0]).toMatchObject({ id: companyId, spentMonthlyCents: 20.5, role: null });
});

it("lists its people", async () => {
  const tenant = await db.newTenant();
  await tenant.member("viewer", "Vera");
  const { items } = await companies.listMembers(tenant.board, { limit: 10 });
  const seen: [string, MemberRole][] = member
    .array()
    .parse(items)
    .map(({ displayName, role }) => [displayName, role]);
  expect(seen).toEqual([
    ["Vera", "viewer"],
    ["Olga Owner", "owner"],
  ]);
});

it("pauses, resumes and changes what is given", async () => {
  const { board } = await db.newTenant();
  const paused = await companies.updateCompany(board, { status: "paused", pauseReason: "Summer" });
  expect(paused).toMatchObject({ status: "paused", pauseReason: "Summer" });
  expect(paused.pausedAt).not.toBeNull();
  const again = await companies.updateCompany(board, { status: "paused" });
  expect(again.pausedAt).toBe(paused.pausedAt);
  expect(await companies.updateCompany(board, { status: "active", name: "Renamed" })).toMatchObject({
    status: "active",
    name: "Renamed",
    pausedAt: null,
    pauseReason: null,
  });
  expect(await companies.updateCompany(board, { brandColor: "#00ff00" })).toMatchObject({ brandColor: "#00ff00" });
  const { items } = await listActivity(board, { limit: 10 });
  expect(items.map(({ action }) => action)).toEqual([
    "company.updated",
    "company.resumed",
    "company.updated",
    "company.paused",
  ]);
});

it("archives: agents pause, their work stops, and nothing can be changed any more", async () => {
  const { board, companyId } = await db.newTenant();
  const heartbeat = { enabled: true, intervalSec: 60 };
  const ada = await hireAgent(board, draftOf("Ada", { runtimeConfig: { heartbeat } }));
  await db.owner.query(
    `with w as (insert into wakes (company_id, agent_id, source, reason, task_key) values ($1, $2, 'timer', 'timer', 'agent') returning *)
     insert into heartbeat_runs (company_id, agent_id, wake_id, invocation_source) select company_id, agent_id, id, source from w`,
    [companyId, ada.id],
  );
  expect(await companies.archiveCompany(board)).toMatchObject({ status: "archived" });
  expect(await companies.archiveCompany(board)).toMatchObject({ status: "archived" });
  expect(await getAgent(board, ada)).toMatchObject({
    status: "paused",
    pauseReason: "company_archived",
    nextWakeAt: null,
  });
  const { rows } = await db.owner.query(
    "select r.status, w.status as wake, w.skip_reason from heartbeat_runs r join wakes w on w.id = r.wake_id where r.company_id = $1",
    [companyId],
  );
  expect(rows).toEqual([{ status: "cancelled", wake: "skipped", skip_reason: "company_archived" }]);
  await expect(companies.updateCompany(board, { name: "New" })).rejects.toMatchObject({ code: "company_not_active" });
  const { items } = await listActivity(board, { limit: 10, action: "company." });
  expect(items).toHaveLength(1);
});
