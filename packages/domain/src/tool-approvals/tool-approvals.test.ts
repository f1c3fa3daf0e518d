import { toolApproval } from "@boardroom/contract";
import { describe, expect, it } from "vitest";
import { useDomainDatabase } from "../../test/domain-database.ts";
import { type Job, openWorkshop } from "../../test/open-workshop.ts";
import { listActivity } from "../activity/index.ts";
import { readBadges } from "../dashboard/index.ts";
import { completeRun } from "../heartbeat/index.ts";
import { createToolRule, listToolRules } from "../tool-rules/index.ts";
import * as approvals from "./index.ts";

const db = useDomainDatabase();

async function openJob() {
  const shop = await openWorkshop(db);
  return { ...shop, job: await shop.start(await shop.issue()) };
}
const ask = (job: Job, fields: Partial<Parameters<typeof approvals.requestToolApproval>[1]> = {}) =>
  approvals.requestToolApproval(job.ctx, {
    id: job.run.id,
    callId: crypto.randomUUID(),
    tool: "Bash",
    input: { command: "npm test" },
    summary: "npm test",
    expiresInSec: 600,
    ...fields,
  });
const expire = (id: string) =>
  db.owner.query("update tool_approvals set expires_at = now() - interval '1 second' where id = $1", [id]);

describe("a tool call", () => {
  it("waits for the board when no rule fits, and counts among what needs a decision", async () => {
    const { job, board } = await openJob();
    const before = await readBadges(board);
    const asked = toolApproval.parse(await ask(job));
    expect(asked).toMatchObject({
      status: "pending",
      agentName: "Ada",
      issueIdentifier: job.run.issueIdentifier,
      ruleId: null,
    });
    expect(await readBadges(board)).toEqual({
      ...before,
      inbox: before.inbox + 1,
      approvals: before.approvals + 1,
      toolApprovals: 1,
    });
    expect(
      (await approvals.listToolApprovals(board, { limit: 5, status: "pending" })).items.map(({ id }) => id),
    ).toEqual([asked.id]);
  });

  it("of Boardroom's own API asks nobody, unless a rule denies it", async () => {
    const { job, board } = await openJob();
    const own = { summary: "curl -s $PAPERCLIP_API_URL/api/agents/me", unlessDenied: true };
    expect(await ask(job, own)).toMatchObject({ status: "allowed", ruleId: null, decidedByUserId: null });
    await createToolRule(board, { effect: "ask", tool: "Bash", shape: "curl *", position: 2 });
    expect(await ask(job, own)).toMatchObject({ status: "allowed", ruleId: null });
    const rule = await createToolRule(board, {
      effect: "deny",
      tool: "*",
      shape: "curl *",
      note: "No net.",
      position: 1,
    });
    expect(await ask(job, own)).toMatchObject({ status: "denied", ruleId: rule.id, note: "No net." });
    expect((await approvals.listToolApprovals(board, { limit: 5, status: "pending" })).items).toEqual([]);
  });

  it("asks once, however often it is sent, and in one request", async () => {
    const { job, board } = await openJob();
    const same = { callId: "toolu_1" };
    const all = await Promise.all(Array.from({ length: 8 }, () => ask(job, same)));
    expect(new Set(all.map(({ id }) => id)).size).toBe(1);
    expect(await db.countRequests(() => ask(job, same))).toBe(1);
    const { items } = await listActivity(board, { limit: 50, cursor: undefined, action: "tool_approval." });
    expect(items.map(({ action }) => action)).toEqual(["tool_approval.requested"]);
  });

  it("doesn't get the answer of another call with the same id", async () => {
    const { job, board } = await openJob();
    const first = await ask(job, { callId: "toolu_1" });
    await approvals.allowToolCall(board, { id: first.id });
    expect((await ask(job, { callId: "toolu_1" })).status).toBe("allowed");
    for (const other of [{ summary: "rm -rf ." }, { input: { command: "rm -rf ." } }, { tool: "Write" }]) {
      await expect(ask(job, { callId: "toolu_1", ...other })).rejects.toMatchObject({ code: "conflict" });
    }
  });

  it("is kept without its secrets, and cut where it is long", async () => {
    const { job } = await openJob();
    const secret = "Authorization: Bearer abcdefghijklmnop";
    const input = {
      command: `curl -H '${secret}'`,
      content: "x".repeat(200_000),
      lines: Array.from({ length: 500 }, (_, n) => n),
    };
    const asked = await ask(job, { input, summary: `curl -H '${secret}'` });
    const kept = JSON.stringify(asked);
    expect(kept).not.toContain("abcdefghijklmnop");
    expect(kept.length).toBeLessThan(40_000);
    expect(kept).toContain("196000 characters more");
  });

  it("is refused for a run that has ended, or that is another's", async () => {
    const [{ job }, other] = [await openJob(), await openJob()];
    await expect(ask(job, { id: other.job.run.id })).rejects.toMatchObject({ code: "not_found" });
    await completeRun(job.ctx, { id: job.run.id, status: "failed" });
    await expect(ask(job)).rejects.toMatchObject({ code: "lease_lost" });
  });
});

describe("a decision", () => {
  it("is taken once by many that decide at once, and its runner is told", async () => {
    const { job, board, tenant, runnerId } = await openJob();
    const { id } = await ask(job);
    const operator = await tenant.member("operator", "Otto");
    const outcomes = await Promise.allSettled(
      Array.from({ length: 8 }, (_, n) =>
        n % 2 ? approvals.allowToolCall(board, { id }) : approvals.denyToolCall(operator, { id, note: "No" }),
      ),
    );
    const done = outcomes.flatMap((outcome) => (outcome.status === "fulfilled" ? [outcome.value] : []));
    const failed = outcomes.flatMap((outcome) => (outcome.status === "rejected" ? [outcome.reason.code] : []));
    expect([done.length, new Set(failed)]).toEqual([1, new Set(["stale_state"])]);
    expect((await approvals.getToolApproval(job.ctx, { id })).status).toBe(done[0]?.status);
    await tenant.ports.settled();
    expect(tenant.ports.runnerHub.told).toEqual([
      { runnerIds: [runnerId], hint: { type: "decision", toolApprovalId: id, runId: job.run.id } },
    ]);
  });

  it("comes too late once the time is up, and once the run has ended", async () => {
    const { job, board } = await openJob();
    const [late, orphaned] = [await ask(job), await ask(job)];
    await expire(late.id);
    expect((await approvals.getToolApproval(board, { id: late.id })).status).toBe("expired");
    await expect(approvals.allowToolCall(board, { id: late.id })).rejects.toMatchObject({
      code: "stale_state",
      details: { status: "expired" },
    });
    await completeRun(job.ctx, { id: job.run.id, status: "failed" });
    expect((await approvals.getToolApproval(board, { id: orphaned.id })).status).toBe("cancelled");
    await expect(approvals.denyToolCall(board, { id: orphaned.id })).rejects.toMatchObject({ code: "stale_state" });
    expect((await readBadges(board)).toolApprovals).toBe(0);
  });

  it("is noted by the tick where nobody took it, each once", async () => {
    const { job, board, tenant } = await openJob();
    const [late, open] = [await ask(job), await ask(job)];
    await expire(late.id);
    const settle = () => approvals.settleToolApprovals(db.database.system("test"), () => board);
    const counts = await Promise.all([settle(), settle(), settle()]);
    expect(counts.reduce((sum, count) => sum + count, 0)).toBeGreaterThanOrEqual(1);
    const { rows } = await db.owner.query("select id, status from tool_approvals where company_id = $1 order by id", [
      tenant.companyId,
    ]);
    expect(rows).toEqual([
      { id: late.id, status: "expired" },
      { id: open.id, status: "pending" },
    ]);
    const { items } = await listActivity(board, { limit: 50, cursor: undefined, action: "tool_approval.expired" });
    expect(items).toHaveLength(1);
  });
});

describe("a decision that is remembered", () => {
  it("decides the very same call from then on, and no other", async () => {
    const { job, board } = await openJob();
    const { id } = await ask(job, { summary: "rm *.log" });
    await approvals.allowToolCall(board, { id, remember: true, note: "Logs may go" });
    const [rule] = (await listToolRules(board, { limit: 5 })).items;
    expect(rule).toMatchObject({
      effect: "allow",
      tool: "Bash",
      shape: "rm \\*.log",
      adapterType: "claude_local",
      position: 0,
    });
    expect(await ask(job, { summary: "rm *.log" })).toMatchObject({
      status: "allowed",
      ruleId: rule?.id,
      note: "Logs may go",
    });
    expect((await ask(job, { summary: "rm important.log" })).status).toBe("pending");
    expect((await ask(job, { tool: "Write", summary: "rm *.log" })).status).toBe("pending");
  });

  it("takes the role admin, and something by which to know the call again", async () => {
    const { job, tenant, board } = await openJob();
    const { id } = await ask(job, { summary: null });
    const operator = await tenant.member("operator");
    await expect(approvals.denyToolCall(operator, { id, remember: true })).rejects.toMatchObject({ code: "forbidden" });
    await expect(approvals.denyToolCall(board, { id, remember: true })).rejects.toMatchObject({ code: "unsupported" });
    expect(await approvals.denyToolCall(operator, { id })).toMatchObject({
      status: "denied",
      decidedByName: "A operator",
    });
  });
});

describe("the first rule that fits", () => {
  const fits = async (
    rules: Partial<Parameters<typeof createToolRule>[1]>[],
    call: { tool?: string; summary?: string | null },
  ) => {
    const { job, board } = await openJob();
    for (const rule of rules) await createToolRule(board, { effect: "allow", tool: "*", ...rule });
    return (await ask(job, call)).status;
  };

  it("decides, in the order of positions", async () => {
    const rules = [
      { effect: "deny", tool: "*", position: 20 },
      { effect: "allow", tool: "Bash", position: 10 },
    ] as const;
    expect(await fits([...rules], {})).toBe("allowed");
    expect(await fits([...rules], { tool: "Write" })).toBe("denied");
    expect(await fits([{ effect: "ask", tool: "Bash", position: 1 }, ...rules], {})).toBe("pending");
  });

  it.each([
    ["npm *", "npm test", "allowed"],
    ["npm *", "npmx test", "pending"],
    ["npm *", null, "pending"],
    ["*", "anything\non two lines", "allowed"],
    ["100%", "100%", "allowed"],
    ["100%", "1000", "pending"],
    ["a_c", "abc", "pending"],
    ["a\\*c", "a*c", "allowed"],
    ["a\\*c", "abc", "pending"],
    ["C:\\\\temp\\\\*", "C:\\temp\\x", "allowed"],
    ["NPM *", "npm test", "pending"],
    ["git *", "git status; rm -rf .", "pending"],
    ["git *", "git status && rm -rf .", "pending"],
    ["git *", "git status | sh", "pending"],
    ["git *", "git status\nrm -rf .", "pending"],
    ["git *", "git log `rm -rf .`", "pending"],
    ["git *", "git log $(rm -rf .)", "pending"],
    ["git *", "git log > /home/ada/.bashrc", "pending"],
    ["git *", "git log main..next -- 'a b' $HOME", "allowed"],
    ["npm test 2>&1 | tail *", "npm test 2>&1 | tail -n 5", "allowed"],
    ["npm test 2>&1 | tail *", "npm test 2>&1 | tail -n 5; rm -rf .", "pending"],
    ["make a; make b", "make a; make b", "allowed"],
    ["/src/*", "/src/a/b.ts", "allowed"],
    ["/src/*", "/src/../etc/passwd", "pending"],
    ["/src/*", "/src/a/..", "pending"],
    ["/src/*", "/src/a.ts\n/etc/passwd", "pending"],
    ["/src/*", "/src/.claude/settings.json", "pending"],
    ["/src/*", "/src/.git/config", "pending"],
    ["/src/*", "/src/.mcp.json", "pending"],
    ["/src/*", "/src/.Git/config", "pending"],
    ["git *", "git --git-dir='.git' log", "pending"],
    ["git *", "git clone https://git.example/roof.git", "allowed"],
    ["/src/*", "/src/.gitignore", "allowed"],
    ["/src/.claude/*", "/src/.claude/skills/a.md", "allowed"],
    ["../src/*", "../src/a.ts", "allowed"],
    ["../src/*", "../src/../../a.ts", "pending"],
  ])("takes the shape %j of %j as %s", async (shape, summary, status) => {
    expect(await fits([{ shape }], { summary })).toBe(status);
  });

  it("denies and asks wherever its shape is found", async () => {
    const summary = "rm -rf .; echo done";
    expect(await fits([{ effect: "deny", shape: "rm *" }], { summary })).toBe("denied");
    expect(await fits([{ effect: "ask", shape: "rm *" }, {}], { summary })).toBe("pending");
  });

  it("may be of one kind of agent, or of one agent", async () => {
    const { job, board, hire, agent } = await openJob();
    await createToolRule(board, { effect: "deny", tool: "*", adapterType: "codex_local" });
    await createToolRule(board, { effect: "deny", tool: "*", agentId: (await hire("Bob")).id });
    expect((await ask(job)).status).toBe("pending");
    await createToolRule(board, { effect: "deny", tool: "*", agentId: agent.id, adapterType: "claude_local" });
    expect((await ask(job)).status).toBe("denied");
  });
});
