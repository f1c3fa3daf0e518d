import { inboxItem, issueBlocked, issue as issueEntity } from "@boardroom/contract";
import { describe, expect, it } from "vitest";
import { type Tenant, type TestCtx, useDomainDatabase } from "../../test/domain-database.ts";
import { addAgent, addRun, storedWakes, type TestAgent } from "../../test/working-agents.ts";
import * as issues from "./index.ts";

const db = useDomainDatabase();
const { checkoutIssue, createIssue, getIssue, updateIssue } = issues;
const todo = { expectedStatuses: ["todo" as const, "blocked" as const] };
const agentIn = (tenant: Tenant, fields?: Parameters<typeof addAgent>[2]) =>
  addAgent(db.owner, tenant.companyId, fields);
const runOf = async (tenant: Tenant, agent: TestAgent): Promise<TestCtx> =>
  tenant.asRun(agent, await addRun(db.owner, tenant.companyId, agent));
const wakesOf = (agent: TestAgent) => storedWakes(db.owner, agent);
const started = { status: "in_progress" as const };
const add = (tenant: Tenant, title: string, fields: Partial<Parameters<typeof createIssue>[1]> = {}) =>
  createIssue(tenant.board, { title, ...fields });
const end = (tenant: Tenant, { id }: { id: string }) => updateIssue(tenant.board, { id, status: "done" });

describe("blockers", () => {
  it("are given with the issue or later, in one request, and shown from both sides", async () => {
    const tenant = await db.newTenant();
    const [one, two] = [await add(tenant, "One"), await add(tenant, "Two")];
    const made = await add(tenant, "Waits", { blockedByIssueIds: [two.id, one.id, one.id] });
    const links = [one, two].map(({ id, identifier, title, status }) => ({ id, identifier, title, status }));
    expect(issueEntity.parse(made).blockedBy).toEqual(links);
    let changed: unknown;
    const requests = await db.countRequests(async () => {
      changed = await updateIssue(tenant.board, { id: made.id, blockedByIssueIds: [two.id] });
    });
    expect(requests).toBe(1);
    expect(issueEntity.parse(changed)).toMatchObject({ blockedBy: [links[1]], blocks: [] });
    expect(await getIssue(tenant.board, one)).toMatchObject({ blocks: [] });
    const { id, identifier, title, status } = made;
    expect(await getIssue(tenant.board, two)).toMatchObject({ blocks: [{ id, identifier, title, status }] });
    const { items } = await issues.listIssues(tenant.board, { limit: 10 });
    expect(items.map(({ blockedBy }) => blockedBy.length)).toEqual([1, 0, 0]);
    const { issue } = await issues.readHeartbeatContext(tenant.board, { id });
    expect(issue.blockedBy).toEqual([links[1]]);
  });

  it("are logged by name, and only when they changed", async () => {
    const tenant = await db.newTenant();
    const [one, two] = [await add(tenant, "One"), await add(tenant, "Two")];
    const { id } = await add(tenant, "Waits", { blockedByIssueIds: [one.id] });
    await updateIssue(tenant.board, { id, blockedByIssueIds: [two.id] });
    await updateIssue(tenant.board, { id, blockedByIssueIds: [two.id] });
    const { items } = await issues.listIssueActivity(tenant.board, { id, limit: 10 });
    expect(items).toMatchObject([
      { action: "issue.blockers_changed", details: { added: [two.identifier], removed: [one.identifier] } },
      { action: "issue.created" },
    ]);
  });

  it("tell an agent's inbox what is ready", async () => {
    const tenant = await db.newTenant();
    const agent = await agentIn(tenant);
    const [open, done] = [await add(tenant, "Open"), await add(tenant, "Done", { status: "done" })];
    const mine = { assigneeAgentId: agent.id };
    await add(tenant, "Ready", { ...mine, blockedByIssueIds: [done.id] });
    await add(tenant, "Waits", { ...mine, blockedByIssueIds: [done.id, open.id] });
    const { items } = await issues.listInboxLite(tenant.asAgent(agent), { limit: 10 });
    expect(items.map((item) => inboxItem.parse(item))).toMatchObject([
      { title: "Ready", dependencyReady: true, unresolvedBlockerCount: 0, blockedBy: [{ id: done.id }] },
      { title: "Waits", dependencyReady: false, unresolvedBlockerCount: 1, unresolvedBlockerIssueIds: [open.id] },
    ]);
  });

  it("that are not of this company are refused like any reference, and nothing is changed", async () => {
    const [tenant, other] = await Promise.all([db.newTenant(), db.newTenant()]);
    const own = await add(tenant, "Ours");
    const foreign = await add(other, "Theirs");
    for (const blockedByIssueIds of [[foreign.id], [own.id, crypto.randomUUID()]]) {
      const refused = { code: "invalid_reference" };
      await expect(add(tenant, "Waits", { blockedByIssueIds })).rejects.toMatchObject(refused);
      await expect(updateIssue(tenant.board, { id: own.id, title: "x", blockedByIssueIds })).rejects.toMatchObject(
        refused,
      );
    }
    expect(await getIssue(tenant.board, own)).toMatchObject({ title: "Ours", blockedBy: [] });
  });

  it("never close a circle, also when many changes at once would", { timeout: 60_000 }, async () => {
    const tenant = await db.newTenant();
    const [a, b, c] = [await add(tenant, "A"), await add(tenant, "B"), await add(tenant, "C")];
    const bind = (from: { id: string }, to: { id: string }) =>
      updateIssue(tenant.board, { id: from.id, blockedByIssueIds: [to.id] });
    const refused = { code: "unusable_reference" };
    await expect(bind(a, a)).rejects.toMatchObject(refused);
    await bind(a, b);
    await bind(b, c);
    await expect(bind(c, a)).rejects.toMatchObject(refused);
    for (let round = 0; round < 10; round += 1) {
      const ring = await Promise.all(Array.from({ length: 3 }, (_, n) => add(tenant, `Ring ${n}`)));
      const bound = await Promise.allSettled(ring.map((issue, n) => bind(issue, ring[(n + 1) % 3] ?? issue)));
      expect(bound.map(({ status }) => status).sort(), `round ${round}`).toEqual([
        "fulfilled",
        "fulfilled",
        "rejected",
      ]);
    }
  });
});

describe("a blocked issue", () => {
  it("can't be checked out by anybody; the refusal lists what is open", async () => {
    const tenant = await db.newTenant();
    const agent = await agentIn(tenant);
    const [open, done] = [await add(tenant, "Open", started), await add(tenant, "Done", { status: "done" })];
    const { id } = await add(tenant, "Waits", { blockedByIssueIds: [open.id, done.id] });
    const run = await runOf(tenant, agent);
    for (const ctx of [run, tenant.board]) {
      const refused: unknown = await checkoutIssue(ctx, { id, agentId: agent.id, ...todo }).catch((error) => error);
      expect(refused).toMatchObject({ code: "blocked_by_issues", message: `Issue is blocked by ${open.identifier}.` });
      expect(issueBlocked.parse((refused as { details: unknown }).details)).toEqual({
        issueId: id,
        unresolvedBlockerIssueIds: [open.id],
        unresolvedBlockers: [{ id: open.id, identifier: open.identifier, title: "Open", status: "in_progress" }],
      });
    }
    expect(await getIssue(tenant.board, { id })).toMatchObject({ status: "todo", assigneeAgentId: null });
    await end(tenant, open);
    expect(await checkoutIssue(run, { id, agentId: agent.id, ...todo })).toMatchObject({ status: "in_progress" });
    // Who holds it keeps it when a blocker comes later.
    await updateIssue(tenant.board, { id, blockedByIssueIds: [(await add(tenant, "Late")).id] });
    expect(await checkoutIssue(run, { id, agentId: agent.id, ...todo })).toMatchObject({
      checkoutRunId: run.actor.runId,
    });
  });

  it("can't be set to in progress by an agent, by the board it can", async () => {
    const tenant = await db.newTenant();
    const agent = await agentIn(tenant);
    const open = await add(tenant, "Open");
    const { id } = await add(tenant, "Waits", { assigneeAgentId: agent.id });
    const run = await runOf(tenant, agent);
    const blocked = { code: "blocked_by_issues", details: { unresolvedBlockerIssueIds: [open.id] } };
    await expect(updateIssue(run, { id, ...started, blockedByIssueIds: [open.id] })).rejects.toMatchObject(blocked);
    await updateIssue(run, { id, status: "blocked", blockedByIssueIds: [open.id] });
    await expect(updateIssue(run, { id, ...started })).rejects.toMatchObject(blocked);
    expect(await updateIssue(tenant.board, { id, ...started })).toMatchObject(started);
  });

  it("wakes its assignee only when the last blocker is done; until then the wake is stored as blocked", async () => {
    const tenant = await db.newTenant();
    const agent = await agentIn(tenant);
    const [one, two] = [await add(tenant, "One", started), await add(tenant, "Two", started)];
    const made = await add(tenant, "Waits", { assigneeAgentId: agent.id, blockedByIssueIds: [one.id, two.id] });
    const skipped = { source: "assignment", status: "skipped", skip_reason: "issue_blocked", issue_id: made.id };
    expect(await wakesOf(agent)).toMatchObject([{ ...skipped, reason: "issue_assigned" }]);
    await updateIssue(tenant.board, { id: made.id, status: "blocked" });
    await updateIssue(tenant.board, { id: made.id, status: "todo" });
    await end(tenant, one);
    expect(await wakesOf(agent)).toMatchObject([skipped, { ...skipped, reason: "issue_status_changed" }]);
    expect(tenant.ports.dispatched).toEqual([]);
    const requests = await db.countRequests(() => end(tenant, two));
    expect(requests).toBe(1);
    expect((await wakesOf(agent)).slice(2)).toMatchObject([
      {
        reason: "issue_blockers_resolved",
        source: "automation",
        issue_id: made.id,
        status: "open",
        payload: { identifier: made.identifier, resolvedBlockerIssueId: two.id, resolvedBlocker: two.identifier },
      },
    ]);
    expect(tenant.ports.dispatched).toHaveLength(1);
    await end(tenant, two);
    expect(await wakesOf(agent)).toHaveLength(3);
  });

  it("is not freed by a cancelled blocker until somebody takes it off the list", async () => {
    const tenant = await db.newTenant();
    const agent = await agentIn(tenant);
    const gone = await add(tenant, "Gone");
    const { id } = await add(tenant, "Waits", {
      status: "blocked",
      assigneeAgentId: agent.id,
      blockedByIssueIds: [gone.id],
    });
    await updateIssue(tenant.board, { id: gone.id, status: "cancelled" });
    expect(await wakesOf(agent)).toEqual([]);
    await expect(checkoutIssue(tenant.board, { id, agentId: agent.id, ...todo })).rejects.toMatchObject({
      code: "blocked_by_issues",
    });
    await updateIssue(tenant.board, { id, blockedByIssueIds: [] });
    expect(await wakesOf(agent)).toMatchObject([{ reason: "issue_blockers_resolved", issue_id: id, status: "open" }]);
    await updateIssue(tenant.board, { id, blockedByIssueIds: [] });
    expect(await wakesOf(agent)).toMatchObject([{ coalesced_count: 0 }]);
  });

  it.each(["backlog", "in_review", "done", "cancelled"] as const)(
    "that is %s wakes nobody when it is freed",
    async (status) => {
      const tenant = await db.newTenant();
      const agent = await agentIn(tenant);
      const open = await add(tenant, "Open", started);
      await add(tenant, "Waits", { status, assigneeAgentId: agent.id, blockedByIssueIds: [open.id] });
      await end(tenant, open);
      expect(await wakesOf(agent)).toEqual([]);
    },
  );

  it("that waits for its own last child wakes its assignee once, with both stories", async () => {
    const tenant = await db.newTenant();
    const agent = await agentIn(tenant);
    const parent = await add(tenant, "Parent");
    const child = await add(tenant, "Child", { ...started, parentId: parent.id });
    await updateIssue(tenant.board, { id: parent.id, assigneeAgentId: agent.id, blockedByIssueIds: [child.id] });
    await end(tenant, child);
    expect((await wakesOf(agent)).slice(1)).toMatchObject([
      {
        reason: "issue_blockers_resolved",
        coalesced_count: 0,
        payload: { resolvedBlockerIssueId: child.id, children: [{ identifier: child.identifier, status: "done" }] },
      },
    ]);
  });

  it("whose children are done waits on for its other blockers", async () => {
    const tenant = await db.newTenant();
    const agent = await agentIn(tenant);
    const open = await add(tenant, "Open", started);
    const parent = await add(tenant, "Parent", { assigneeAgentId: agent.id, blockedByIssueIds: [open.id] });
    const child = await add(tenant, "Child", { ...started, parentId: parent.id });
    await end(tenant, child);
    expect((await wakesOf(agent)).slice(1)).toMatchObject([
      { reason: "issue_children_completed", status: "skipped", skip_reason: "issue_blocked" },
    ]);
    await end(tenant, open);
    expect((await wakesOf(agent)).slice(2)).toMatchObject([{ reason: "issue_blockers_resolved", status: "open" }]);
  });

  it("still hears comments", async () => {
    const tenant = await db.newTenant();
    const agent = await agentIn(tenant);
    const open = await add(tenant, "Open");
    const { id } = await add(tenant, "Waits", {
      status: "blocked",
      assigneeAgentId: agent.id,
      blockedByIssueIds: [open.id],
    });
    await issues.addComment(tenant.board, { id, body: "Is it really blocked?" });
    expect(await wakesOf(agent)).toMatchObject([{ reason: "issue_commented", status: "open" }]);
  });
});

describe("at once", () => {
  it("last blockers that are done wake exactly once", { timeout: 60_000 }, async () => {
    const tenant = await db.newTenant();
    for (let round = 0; round < 15; round += 1) {
      const agent = await agentIn(tenant);
      const blockers = await Promise.all(Array.from({ length: 4 }, (_, n) => add(tenant, `Blocker ${n}`, started)));
      const blockedByIssueIds = blockers.map(({ id }) => id);
      await add(tenant, "Waits", { status: "blocked", assigneeAgentId: agent.id, blockedByIssueIds });
      await Promise.all(blockers.map((blocker) => end(tenant, blocker)));
      expect(await wakesOf(agent), `round ${round}`).toMatchObject([
        { reason: "issue_blockers_resolved", status: "open", coalesced_count: 0 },
      ]);
    }
  });

  it("an issue that is bound, created or assigned while its blocker ends is never left asleep", {
    timeout: 60_000,
  }, async () => {
    const tenant = await db.newTenant();
    for (let round = 0; round < 12; round += 1) {
      const [bound, created, assigned] = [await agentIn(tenant), await agentIn(tenant), await agentIn(tenant)];
      const blocker = await add(tenant, "Blocker", started);
      const blockedByIssueIds = [blocker.id];
      const toBind = await add(tenant, "To bind", { status: "backlog", assigneeAgentId: bound.id });
      const toAssign = await add(tenant, "To assign", { blockedByIssueIds });
      await Promise.all([
        updateIssue(tenant.board, { id: toBind.id, status: "todo", blockedByIssueIds }),
        add(tenant, "Made", { assigneeAgentId: created.id, blockedByIssueIds }),
        end(tenant, blocker),
        updateIssue(tenant.board, { id: toAssign.id, assigneeAgentId: assigned.id }),
      ]);
      for (const agent of [bound, created, assigned]) {
        const open = (await wakesOf(agent)).filter(({ status }) => status === "open");
        expect(open, `round ${round}`).toHaveLength(1);
      }
    }
  });

  it("a checkout that waits while blockers are added sees them", async () => {
    const tenant = await db.newTenant();
    const agent = await agentIn(tenant);
    const [blocker, other] = [await add(tenant, "Blocker"), await add(tenant, "Other")];
    const { id } = await add(tenant, "Work");
    const run = await runOf(tenant, agent);
    const change = await db.owner.connect();
    await change.query("begin");
    await change.query("update issues set updated_at = now() where id = any($1)", [[id, other.id]]);
    await change.query(
      "insert into issue_blockers (company_id, issue_id, blocked_by_issue_id) select company_id, $1, id from issues where id = $2",
      [id, blocker.id],
    );
    const taken = [id, other.id].map((each) => checkoutIssue(run, { id: each, agentId: agent.id, ...todo }));
    const outcomes = Promise.allSettled(taken);
    await waitForBlocked(2);
    await change.query("commit");
    change.release();
    expect(await outcomes).toMatchObject([
      { status: "rejected", reason: { code: "blocked_by_issues" } },
      { status: "fulfilled", value: { id: other.id, status: "in_progress" } },
    ]);
    expect(await getIssue(tenant.board, { id })).toMatchObject({ status: "todo", checkoutRunId: null });
  });

  it("a checkout and a new blocker come one after the other", { timeout: 60_000 }, async () => {
    const tenant = await db.newTenant();
    const agent = await agentIn(tenant);
    const { id: blockerId } = await add(tenant, "Blocker");
    for (let round = 0; round < 20; round += 1) {
      const { id } = await add(tenant, "Work");
      const run = await runOf(tenant, agent);
      const [taken, bound] = await Promise.allSettled([
        checkoutIssue(run, { id, agentId: agent.id, ...todo }),
        updateIssue(tenant.board, { id, blockedByIssueIds: [blockerId] }),
      ]);
      if (bound.status === "rejected") throw bound.reason;
      if (taken.status === "rejected") expect(taken.reason).toMatchObject({ code: "blocked_by_issues" });
      expect(bound.value.status, `round ${round}`).toBe(taken.status === "rejected" ? "todo" : "in_progress");
    }
  });
});

/** Resolves when that many statements wait for a lock. */
async function waitForBlocked(count: number): Promise<void> {
  for (;;) {
    const { rows } = await db.owner.query(
      "select count(*)::int as waiting from pg_stat_activity where wait_event_type = 'Lock' and usename = 'boardroom_app'",
    );
    if (rows[0].waiting >= count) return;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}
