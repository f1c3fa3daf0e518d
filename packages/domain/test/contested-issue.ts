import { BoardroomError, type RunResult, type RunStatus } from "@boardroom/contract";
import { systemActor } from "../src/context.ts";
import { cancelRun } from "../src/heartbeat/cancel-run.ts";
import { claimRun } from "../src/heartbeat/claim-run.ts";
import { completeRun } from "../src/heartbeat/complete-run.ts";
import { invokeHeartbeat } from "../src/heartbeat/invoke-heartbeat.ts";
import { reapRuns } from "../src/heartbeat/reap-runs.ts";
import { renewRun } from "../src/heartbeat/renew-run.ts";
import {
  addComment,
  checkoutIssue,
  createIssue,
  forceReleaseIssue,
  releaseIssue,
  updateIssue,
} from "../src/issues/index.ts";
import type { DomainDatabase, Tenant, TestCtx } from "./domain-database.ts";
import { addAgent, type TestAgent, type TestRun } from "./working-agents.ts";

/** Who acts: the first delivery of A's run, a run of another agent, and whatever delivers A's work again. */
export type Session = "first" | "other" | "again";

export interface RunLook {
  status: RunStatus;
  fence: number | null;
  attempt: number;
  isLeaseOver: boolean;
  /** All of its columns, to see whether anything changed. */
  all: string;
}
export interface Look {
  runs: Record<string, RunLook>;
  issue: { status: string; holder: string | null; assignee: string | null; comments: number; all: string };
}

/** One issue in a company of its own, two agents that want it, and everything that can be done about it. */
export interface ContestedIssue {
  tenant: Tenant;
  look(): Promise<Look>;
  /** The run and fence a session has, once it was given one. */
  tokenOf(session: Session): TestRun | undefined;
  steps: Record<StepName, () => Promise<unknown>>;
}

const sessionsOf = { first: "first", other: "other", again: "again" } as const;
export type StepName =
  | `${Session} ${"checks out" | "releases" | "comments" | "closes" | "renews" | "succeeds" | "fails"}`
  | "first claims"
  | "again claims"
  | "the lease ends"
  | "the reaper comes"
  | "the board cancels"
  | "the board frees";

/** A verb's outcome as a word: `ok`, `idle` where there was nothing to do it with, or the code it was refused with. */
export async function outcomeOf(work: Promise<unknown>): Promise<string> {
  try {
    return (await work) === idle ? "idle" : "ok";
  } catch (error) {
    if (error instanceof BoardroomError && error.status < 500) return error.code;
    throw error;
  }
}
const idle = Symbol("idle");

export async function openContest(db: DomainDatabase): Promise<ContestedIssue> {
  const tenant = await db.newTenant();
  const { companyId } = tenant;
  const system: TestCtx = { ...tenant.board, actor: systemActor };
  const [owner, rival] = [await addAgent(db.owner, companyId), await addAgent(db.owner, companyId)];
  const issue = await createIssue(tenant.board, { title: "Wanted", assigneeAgentId: owner.id });
  let comments = 0;
  const held = new Map<Session, { agent: TestAgent; run: TestRun }>();

  const claim = async (session: Session, agent: TestAgent, runId: string) => {
    const claimed = await claimRun(system, runId);
    if (claimed?.verdict !== "claimed") return idle;
    held.set(session, { agent, run: { id: runId, fence: Number(claimed.fence) } });
  };
  const { run: ofRival } = await invokeHeartbeat(tenant.board, { id: rival.id });
  await claim("other", rival, String(ofRival?.id));
  const [firstRun] = await queuedRunsOf(owner);

  async function queuedRunsOf(agent: TestAgent): Promise<string[]> {
    const { rows } = await db.owner.query<{ id: string }>(
      `update heartbeat_runs set available_at = now() where company_id = $1 and agent_id = $2 and status = 'queued' returning id`,
      [companyId, agent.id],
    );
    return rows.map(({ id }) => id);
  }
  const as =
    (session: Session, work: (ctx: TestCtx, agent: TestAgent, run: TestRun) => Promise<unknown>) => async () => {
      const token = held.get(session);
      return token ? work(tenant.asRun(token.agent, token.run), token.agent, token.run) : idle;
    };
  const finish = (result: RunResult) => (ctx: TestCtx, _: TestAgent, run: TestRun) =>
    completeRun(ctx, { id: run.id, costUsd: 0.01, ...result });
  const executorSteps = Object.values(sessionsOf).map((session) => ({
    [`${session} checks out`]: as(session, (ctx, agent) =>
      checkoutIssue(ctx, {
        id: issue.id,
        agentId: agent.id,
        expectedStatuses: ["todo", "backlog", "blocked", "in_review"],
      }),
    ),
    [`${session} releases`]: as(session, (ctx) => releaseIssue(ctx, { id: issue.id })),
    [`${session} comments`]: as(session, (ctx, _, run) =>
      addComment(ctx, { id: issue.id, body: `${++comments}. by fence ${run.fence}` }),
    ),
    [`${session} closes`]: as(session, (ctx) => updateIssue(ctx, { id: issue.id, status: "done" })),
    [`${session} renews`]: as(session, (ctx, _, run) => renewRun(ctx, { id: run.id })),
    [`${session} succeeds`]: as(session, (ctx, agent, run) =>
      finish({ status: "succeeded", summary: `fence ${run.fence}` })(ctx, agent, run),
    ),
    [`${session} fails`]: as(session, finish({ status: "failed", error: "No luck", errorFamily: "transient" })),
  }));
  const steps = Object.assign(
    {
      "first claims": () => claim("first", owner, String(firstRun)),
      "again claims": async () => {
        const [runId] = await queuedRunsOf(owner);
        return runId ? claim("again", owner, runId) : idle;
      },
      "the lease ends": () =>
        db.owner.query(
          `update heartbeat_runs set lease_expires_at = now() - interval '1 second' where company_id = $1 and agent_id = $2 and status = 'running'`,
          [companyId, owner.id],
        ),
      "the reaper comes": () => reapRuns(db.database.system("test"), 1000),
      "the board cancels": async () => {
        const { rows } = await db.owner.query<{ id: string }>(
          "select id from heartbeat_runs where company_id = $1 and agent_id = $2 order by id desc limit 1",
          [companyId, owner.id],
        );
        return cancelRun(tenant.board, { id: String(rows[0]?.id) });
      },
      "the board frees": () => forceReleaseIssue(tenant.board, { id: issue.id }),
    },
    ...executorSteps,
  ) as Record<StepName, () => Promise<unknown>>;
  return { tenant, steps, tokenOf: (session) => held.get(session)?.run, look: () => lookAt(db, companyId, issue.id) };
}

async function lookAt(db: DomainDatabase, companyId: string, issueId: string): Promise<Look> {
  const { rows } = await db.owner.query<{ look: Look }>({
    name: "look",
    text: `select jsonb_build_object(
      'runs', (select jsonb_object_agg(r.id, jsonb_build_object('status', r.status, 'fence', r.fence, 'attempt', r.attempt,
          'isLeaseOver', r.status = 'running' and r.lease_expires_at < now(), 'all', r::text))
        from heartbeat_runs r where r.company_id = $1),
      'issue', (select jsonb_build_object('status', i.status, 'holder', i.checkout_run_id, 'assignee', i.assignee_agent_id, 'all', i::text,
          'comments', (select count(*) from comments c where c.company_id = i.company_id and c.issue_id = i.id))
        from issues i where i.company_id = $1 and i.id = $2)) as look`,
    values: [companyId, issueId],
  });
  const look = rows[0]?.look;
  if (!look) throw new Error("The issue is gone");
  return look;
}
