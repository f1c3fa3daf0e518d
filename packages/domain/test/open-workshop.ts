import type { Issue, OperationCall, Operations } from "@boardroom/contract";
import { systemActor } from "../src/context.ts";
import { type ClaimedRun, claimRun } from "../src/heartbeat/claim-run.ts";
import { createIssue } from "../src/issues/index.ts";
import { createProject } from "../src/projects/index.ts";
import { createProjectWorkspace, reportWorkspaceOperation } from "../src/workspaces/index.ts";
import type { DomainDatabase, Tenant, TestCtx } from "./domain-database.ts";
import { addAgent, type TestAgent } from "./working-agents.ts";

type Report = NonNullable<OperationCall<Operations["executionWorkspaces.report"]>["body"]>;
type IssueFields = Omit<Parameters<typeof createIssue>[1], "title">;

/** A run that a machine works on: by its own context, in its own place. */
export interface Job {
  run: ClaimedRun;
  ctx: TestCtx;
  workspaceId: string;
  /** Reports a step of its workspace; one that succeeded unless said otherwise. */
  report(
    kind: Report["kind"],
    status?: Report["status"],
    more?: Partial<Report>,
  ): ReturnType<typeof reportWorkspaceOperation>;
}

/** A company with a project whose repository lies on its machines, and agents that run there. */
export interface Workshop {
  tenant: Tenant;
  board: TestCtx;
  projectId: string;
  projectWorkspaceId: string;
  runnerId: string;
  agent: TestAgent;
  hire(name?: string): Promise<TestAgent>;
  addRunner(name?: string): Promise<string>;
  /** An issue of the project for the agent, or for whom the fields say. */
  issue(title?: string, fields?: IssueFields): Promise<Issue>;
  /** The queued run about an issue. */
  queued(issue: Issue): Promise<{ id: string; waitReason: string | null; availableIn: number }>;
  /** Claims the queued run about an issue for a machine. */
  claim(issue: Issue, runnerId?: string): Promise<ClaimedRun | null>;
  /** The same, and its work begins. */
  start(issue: Issue, runnerId?: string): Promise<Job>;
}

export async function openWorkshop(db: DomainDatabase, isolated = true): Promise<Workshop> {
  const tenant = await db.newTenant();
  const { board, companyId } = tenant;
  const system: TestCtx = { ...board, actor: systemActor };
  const project = await createProject(board, { name: "Site" });
  const place = await createProjectWorkspace(board, {
    id: project.id,
    name: "Clone",
    kind: "repository",
    path: "/home/ada/site",
    defaultBranch: "main",
    mode: isolated ? "worktree" : "shared",
  });
  const addRunner = async (name = "Laptop") => {
    const { rows } = await db.owner.query<{ id: string }>(
      `insert into runners (company_id, name, public_key, host, adapters, slots) values ($1, $2, 'x', '{}', '[{"type":"claude_local"}]', 10) returning id`,
      [companyId, name],
    );
    return String(rows[0]?.id);
  };
  const hire = async (name?: string) => {
    const agent = await addAgent(db.owner, companyId, name ? { name } : {});
    await db.owner.query("update agents set adapter_type = 'claude_local', adapter_config = '{}' where id = $1", [
      agent.id,
    ]);
    return agent;
  };
  const [runnerId, agent] = [await addRunner(), await hire("Ada")];
  const queued: Workshop["queued"] = async ({ id }) => {
    const { rows } = await db.owner.query(
      `select id, wait_reason as "waitReason", extract(epoch from available_at - now())::float as "availableIn"
       from heartbeat_runs where issue_id = $1 and status = 'queued' order by id desc limit 1`,
      [id],
    );
    if (!rows[0]) throw new Error("No run is queued for this issue");
    return rows[0];
  };
  const claim: Workshop["claim"] = async (issue, on = runnerId) => claimRun(system, (await queued(issue)).id, on);
  const start: Workshop["start"] = async (issue, on) => {
    const run = await claim(issue, on);
    if (run?.verdict !== "claimed" || run.fence === null) throw new Error(`The claim said ${run?.verdict}`);
    const ctx = tenant.asRun({ id: run.agentId, name: run.agentName }, { id: run.id, fence: run.fence });
    const workspaceId = run.workspace?.executionWorkspaceId ?? "";
    const report: Job["report"] = (kind, status = "succeeded", more = {}) =>
      reportWorkspaceOperation(ctx, { id: workspaceId, kind, status, ...more });
    return { run, ctx, workspaceId, report };
  };
  const issue: Workshop["issue"] = (title = "Fix the login", fields = {}) =>
    createIssue(board, { title, projectId: project.id, assigneeAgentId: agent.id, ...fields });
  return {
    tenant,
    board,
    projectId: project.id,
    projectWorkspaceId: place.id,
    runnerId,
    agent,
    hire,
    addRunner,
    issue,
    queued,
    claim,
    start,
  };
}
