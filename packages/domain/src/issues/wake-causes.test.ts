import { describe, expect, it } from "vitest";
import { type Tenant, type TestCtx, useDomainDatabase } from "../../test/domain-database.ts";
import { addAgent, addRun, storedWakes, type TestAgent } from "../../test/working-agents.ts";
import { addComment, createChildIssue, createIssue, deleteIssue, updateIssue } from "./index.ts";

const db = useDomainDatabase();
const agentIn = (tenant: Tenant, fields?: Parameters<typeof addAgent>[2]) =>
  addAgent(db.owner, tenant.companyId, fields);
const runOf = async (tenant: Tenant, agent: TestAgent): Promise<TestCtx> =>
  tenant.asRun(agent, await addRun(db.owner, tenant.companyId, agent));
const wakesOf = (agent: TestAgent) => storedWakes(db.owner, agent);
const sleeping = { status: "backlog" as const };
/** An issue of an agent whose assignment woke nobody. */
const quietIssue = (tenant: Tenant, agent: TestAgent | null, fields: Partial<Parameters<typeof createIssue>[1]> = {}) =>
  createIssue(tenant.board, { title: "Quiet", ...sleeping, assigneeAgentId: agent?.id ?? null, ...fields });
const setStatus = (id: string, status: string) =>
  db.owner.query("update issues set status = $2::issue_status where id = $1", [id, status]);

describe("a comment", () => {
  it("wakes the assignee in the same request, with the comment", async () => {
    const tenant = await db.newTenant();
    const agent = await agentIn(tenant);
    const issue = await quietIssue(tenant, agent);
    const body = `Please hurry. ${"x".repeat(300)}`;
    let commentId = "";
    const requests = await db.countRequests(async () => {
      commentId = (await addComment(tenant.board, { id: issue.identifier, body })).id;
    });
    expect(requests).toBe(1);
    expect(await wakesOf(agent)).toEqual([
      {
        reason: "issue_commented",
        source: "automation",
        issue_id: issue.id,
        payload: { identifier: issue.identifier, commentId, excerpt: body.slice(0, 200) },
        status: "open",
        skip_reason: null,
        coalesced_count: 0,
      },
    ]);
    expect(tenant.ports.dispatched).toEqual([{ companyId: tenant.companyId, runId: expect.any(String) }]);
  });

  it("that comes with a change wakes the assignee, but not when it comes with the end", async () => {
    const tenant = await db.newTenant();
    const agent = await agentIn(tenant);
    const issue = await quietIssue(tenant, agent);
    await updateIssue(tenant.board, { id: issue.id, priority: "high", comment: "More urgent now" });
    expect(await wakesOf(agent)).toMatchObject([
      { reason: "issue_commented", payload: { excerpt: "More urgent now" } },
    ]);
    const other = await agentIn(tenant);
    const ending = await quietIssue(tenant, other, { status: "in_review" });
    await updateIssue(tenant.board, { id: ending.id, status: "done", comment: "Thanks" });
    expect(await wakesOf(other)).toEqual([]);
  });

  it("is merged into the wake that is open, and the latest one is told", async () => {
    const tenant = await db.newTenant();
    const agent = await agentIn(tenant);
    const issue = await quietIssue(tenant, agent);
    await addComment(tenant.board, { id: issue.id, body: "One" });
    const { id: commentId } = await addComment(tenant.board, { id: issue.id, body: "Two" });
    expect(await wakesOf(agent)).toMatchObject([{ coalesced_count: 1, payload: { commentId, excerpt: "Two" } }]);
    expect(tenant.ports.dispatched).toHaveLength(1);
  });

  it("by the assignee itself, or where nobody is assigned, wakes nobody", async () => {
    const tenant = await db.newTenant();
    const agent = await agentIn(tenant);
    const issue = await quietIssue(tenant, agent);
    await addComment(await runOf(tenant, agent), { id: issue.id, body: "On it." });
    await addComment(tenant.asAgent(agent), { id: issue.id, body: `I, @${agent.name}, am on it.` });
    await addComment(tenant.board, { id: (await quietIssue(tenant, null)).id, body: "Anybody?" });
    expect(await wakesOf(agent)).toEqual([]);
  });

  it("on a done issue wakes its assignee when a person asks, not when an agent does; on a cancelled one never", async () => {
    const tenant = await db.newTenant();
    const [agent, colleague] = [await agentIn(tenant), await agentIn(tenant)];
    const done = await quietIssue(tenant, agent, { status: "done" });
    const cancelled = await quietIssue(tenant, agent, { status: "cancelled" });
    await addComment(await runOf(tenant, colleague), { id: done.id, body: "Well done" });
    await addComment(await runOf(tenant, colleague), { id: cancelled.id, body: "A pity" });
    await addComment(tenant.board, { id: cancelled.id, body: "A pity" });
    expect(await wakesOf(agent)).toEqual([]);
    await addComment(tenant.board, { id: done.id, body: "Where is the file?" });
    expect(await wakesOf(agent)).toMatchObject([{ reason: "issue_commented", issue_id: done.id }]);
  });

  it("to a paused agent is stored as skipped; to a terminated one not at all", async () => {
    const tenant = await db.newTenant();
    const [paused, gone] = [await agentIn(tenant), await agentIn(tenant)];
    const issues = [await quietIssue(tenant, paused), await quietIssue(tenant, gone)];
    await db.owner.query("update agents set status = 'paused' where id = $1", [paused.id]);
    await db.owner.query("update agents set status = 'terminated' where id = $1", [gone.id]);
    for (const { id } of issues) await addComment(tenant.board, { id, body: "Hello" });
    expect(await wakesOf(paused)).toMatchObject([{ status: "skipped", skip_reason: "agent_paused" }]);
    expect(await wakesOf(gone)).toEqual([]);
    expect(tenant.ports.dispatched).toEqual([]);
  });

  it("sent twice under one key wakes once", async () => {
    const tenant = await db.newTenant();
    const agent = await agentIn(tenant);
    const issue = await quietIssue(tenant, agent);
    const once = { ...tenant.board, idempotency: { key: "k", operation: "issues.comment", bodyHash: "h" } };
    const [first, second] = await Promise.all([1, 2].map(() => addComment(once, { id: issue.id, body: "Once" })));
    expect(second?.id).toBe(first?.id);
    expect(await wakesOf(agent)).toMatchObject([{ coalesced_count: 0 }]);
    expect(tenant.ports.dispatched).toHaveLength(1);
  });
});

describe("a mention", () => {
  it("wakes by url key, name and id, also in an ended issue, and none of them as if assigned", async () => {
    const tenant = await db.newTenant();
    const [byKey, byName, byId] = [
      await agentIn(tenant, { name: "Ada" }),
      await agentIn(tenant, { name: "Bob Builder" }),
      await agentIn(tenant, { name: "Eve" }),
    ];
    const issue = await quietIssue(tenant, null, { status: "cancelled" });
    const { id: commentId } = await addComment(tenant.board, {
      id: issue.id,
      body: `@ada @"Bob Builder" [@Somebody](agent://${byId.id}), why?`,
    });
    for (const agent of [byKey, byName, byId]) {
      expect(await wakesOf(agent)).toMatchObject([
        { reason: "issue_mentioned", source: "automation", issue_id: issue.id, status: "open", payload: { commentId } },
      ]);
    }
  });

  it("of the assignee wakes it once, as mentioned", async () => {
    const tenant = await db.newTenant();
    const agent = await agentIn(tenant, { name: "Ada" });
    const issue = await quietIssue(tenant, agent);
    await updateIssue(tenant.board, { id: issue.id, comment: `@ada [@Ada](agent://${agent.id}) look` });
    expect(await wakesOf(agent)).toMatchObject([{ reason: "issue_mentioned", coalesced_count: 0 }]);
  });

  it("of the author, in code, or of another company's agent wakes nobody", async () => {
    const [tenant, other] = await Promise.all([db.newTenant(), db.newTenant()]);
    const [author, coded] = [await agentIn(tenant, { name: "Ada" }), await agentIn(tenant, { name: "Coded" })];
    const foreign = await agentIn(other, { name: "Foreign" });
    const issue = await quietIssue(tenant, null);
    const body = `I, @ada, say \`@coded\` and @foreign [@x](agent://${foreign.id})`;
    await addComment(await runOf(tenant, author), { id: issue.id, body });
    for (const agent of [author, coded, foreign]) expect(await wakesOf(agent)).toEqual([]);
  });

  it("beside an assignment wakes both, and hands the comment to the new assignee", async () => {
    const tenant = await db.newTenant();
    const [next, named] = [await agentIn(tenant), await agentIn(tenant, { name: "Ada" })];
    const issue = await quietIssue(tenant, null, { status: "todo" });
    await updateIssue(tenant.board, { id: issue.id, assigneeAgentId: next.id, comment: "Ask @ada first" });
    expect(await wakesOf(next)).toMatchObject([
      { reason: "issue_assigned", payload: { mutation: "update", excerpt: "Ask @ada first" } },
    ]);
    expect(await wakesOf(named)).toMatchObject([{ reason: "issue_mentioned" }]);
  });
});

describe("the last open child", () => {
  it.each(["done", "cancelled"] as const)(
    "that becomes %s wakes the parent's assignee with a summary",
    async (status) => {
      const tenant = await db.newTenant();
      const [lead, worker] = [await agentIn(tenant), await agentIn(tenant)];
      const parent = await quietIssue(tenant, lead);
      const first = await createChildIssue(tenant.board, { id: parent.id, title: "First", status: "done" });
      const last = await createChildIssue(tenant.board, { id: parent.id, title: "Last", status: "in_progress" });
      await setStatus(parent.id, "in_progress");
      const run = await runOf(tenant, worker);
      const requests = await db.countRequests(() => updateIssue(tenant.board, { id: last.id, status }));
      expect(requests).toBe(1);
      expect(await wakesOf(lead)).toMatchObject([
        {
          reason: "issue_children_completed",
          source: "automation",
          issue_id: parent.id,
          payload: {
            identifier: parent.identifier,
            childCount: 2,
            children: [
              { identifier: first.identifier, title: "First", status: "done" },
              { identifier: last.identifier, title: "Last", status },
            ],
          },
        },
      ]);
      await updateIssue(run, { id: last.id, title: "Renamed" });
      expect(await wakesOf(lead)).toHaveLength(1);
    },
  );

  it("wakes nobody while others are open, when it had ended before, or when the parent has ended or rests", async () => {
    const tenant = await db.newTenant();
    const lead = await agentIn(tenant);
    const parent = await quietIssue(tenant, lead);
    await setStatus(parent.id, "in_progress");
    const child = { id: parent.id, title: "Child", status: "in_progress" as const };
    const [one, two] = [await createChildIssue(tenant.board, child), await createChildIssue(tenant.board, child)];
    await updateIssue(tenant.board, { id: one.id, status: "done" });
    expect(await wakesOf(lead)).toEqual([]);
    for (const status of ["done", "cancelled", "backlog"]) {
      await setStatus(parent.id, status);
      await setStatus(two.id, "in_progress");
      await updateIssue(tenant.board, { id: two.id, status: "done" });
    }
    await setStatus(parent.id, "todo");
    await updateIssue(tenant.board, { id: two.id, status: "done" });
    expect(await wakesOf(lead)).toEqual([]);
  });

  it("tells of twenty children at most, the latest", async () => {
    const tenant = await db.newTenant();
    const lead = await agentIn(tenant);
    const parent = await quietIssue(tenant, lead);
    for (let n = 1; n <= 24; n += 1) {
      await createChildIssue(tenant.board, { id: parent.id, title: `Child ${n}`, status: "done" });
    }
    const last = await createChildIssue(tenant.board, { id: parent.id, title: "Last", status: "in_progress" });
    await setStatus(parent.id, "todo");
    await updateIssue(tenant.board, { id: last.id, status: "done" });
    const [{ payload }] = await wakesOf(lead);
    expect(payload.childCount).toBe(25);
    expect(payload.children).toHaveLength(20);
    expect(payload.children[0].title).toBe("Child 6");
    expect(payload.children[19]).toMatchObject({ title: "Last", status: "done" });
  });

  it("closed by the parent's own assignee wakes nobody", async () => {
    const tenant = await db.newTenant();
    const lead = await agentIn(tenant);
    const parent = await quietIssue(tenant, lead);
    const child = await createChildIssue(tenant.board, { id: parent.id, title: "Child", status: "in_progress" });
    await setStatus(parent.id, "in_progress");
    await updateIssue(await runOf(tenant, lead), { id: child.id, status: "done" });
    expect(await wakesOf(lead)).toEqual([]);
  });

  it("is never lost between two that end at once, and wakes once", { timeout: 60_000 }, async () => {
    const tenant = await db.newTenant();
    for (let round = 0; round < 15; round += 1) {
      const lead = await agentIn(tenant);
      const parent = await quietIssue(tenant, lead);
      const children = await Promise.all(
        Array.from({ length: 4 }, () =>
          createChildIssue(tenant.board, { id: parent.id, title: "Child", status: "in_progress" }),
        ),
      );
      await setStatus(parent.id, "in_progress");
      await Promise.all(
        children.map(({ id }, n) => updateIssue(tenant.board, { id, status: n % 2 === 0 ? "done" : "cancelled" })),
      );
      expect(await wakesOf(lead), `round ${round}`).toMatchObject([
        { reason: "issue_children_completed", status: "open", coalesced_count: 0 },
      ]);
    }
  });
});

describe("deleting", () => {
  it("an issue that another one waited for wakes that one's assignee", async () => {
    const tenant = await db.newTenant();
    const agent = await agentIn(tenant);
    const [kept, deleted] = [await quietIssue(tenant, null), await quietIssue(tenant, null)];
    const { id } = await createIssue(tenant.board, {
      title: "Waits",
      assigneeAgentId: agent.id,
      blockedByIssueIds: [kept.id, deleted.id],
    });
    await setStatus(kept.id, "done");
    await deleteIssue(tenant.board, { id: deleted.id });
    expect(await wakesOf(agent)).toMatchObject([
      { status: "skipped", skip_reason: "issue_blocked" },
      {
        status: "open",
        reason: "issue_blockers_resolved",
        issue_id: id,
        payload: { resolvedBlockerIssueId: deleted.id },
      },
    ]);
  });
});
