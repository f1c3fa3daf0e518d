import { bearer, type CallerName, startRun, type Tenant, word } from "../tenant.ts";
import type { ExamplesOf } from "./example.ts";

const ofProject = (t: Tenant) => ({ params: { id: t.ids.project } });
const ofWorkspace = (t: Tenant) => ({ params: { id: t.ids.executionWorkspace } });
const ofIssue = (t: Tenant) => ({ params: { id: t.ids.issue } });
const idOf = ({ id }: { id: string }) => ({ params: { id } });

const freshPlace = async (t: Tenant) =>
  idOf(
    await t.board.call("projectWorkspaces.create", {
      ...ofProject(t),
      body: { name: word(), kind: "folder", path: "/srv" },
    }),
  );

/** A workspace of an issue, as a claim makes it. */
export async function addWorkspace(
  t: Pick<Tenant, "boardroom" | "cid">,
  of: { issueId: string; agentId: string; runnerId?: string },
) {
  const [made] = await t.boardroom.ownerQuery<{ id: string }>(
    `insert into execution_workspaces (company_id, issue_id, agent_id, runner_id, mode, status, cwd, branch)
     values ($1, $2, $3, $4, 'worktree', 'finalized', '/home/ada/w', $5) returning id`,
    [t.cid, of.issueId, of.agentId, of.runnerId ?? null, `boardroom/${word()}`],
  );
  if (!made) throw new Error("The workspace was not made");
  return made.id;
}

const freshWorkspace = async (t: Tenant, runnerId?: string) =>
  addWorkspace(t, { issueId: t.ids.issue, agentId: t.ids.agent, ...(runnerId && { runnerId }) });

/** A step of a run in a workspace of its own; of a runner, that it removed one. */
const reportedStep = async (t: Tenant, as: CallerName) => {
  if (as !== "runToken") {
    const params = { id: await freshWorkspace(t, t.ids.runner) };
    return { params, body: { kind: "cleanup" as const, status: "succeeded" as const, message: word() } };
  }
  const { runId, token } = await startRun(t.boardroom, t.cid, t.ids.agent);
  const id = await freshWorkspace(t);
  await t.boardroom.ownerQuery("update heartbeat_runs set execution_workspace_id = $1 where id = $2", [id, runId]);
  const products = [{ kind: "commit" as const, title: word(), ref: word() }];
  const body = {
    kind: "finalize" as const,
    status: "succeeded" as const,
    message: word(),
    details: { files: 1 },
    products,
  };
  return { params: { id }, headers: bearer(token), body };
};

export const workspaceExamples: ExamplesOf<"projectWorkspaces" | "executionWorkspaces" | "workProducts"> = {
  "projectWorkspaces.list": ofProject,
  "projectWorkspaces.create": (t) => ({
    ...ofProject(t),
    body: { name: word(), kind: "repository", repoUrl: "https://example.com/acme/site.git", runnerId: t.ids.runner },
  }),
  "projectWorkspaces.update": (t) => ({
    params: { id: t.ids.projectWorkspace },
    body: { name: word(), runnerId: t.ids.runner },
  }),
  "projectWorkspaces.delete": freshPlace,
  "executionWorkspaces.list": (t) => ({ params: { cid: t.cid }, query: { issueId: t.ids.issue } }),
  "executionWorkspaces.get": ofWorkspace,
  "executionWorkspaces.update": async (t) => ({
    params: { id: await freshWorkspace(t) },
    body: { status: "removed", note: word() },
  }),
  "executionWorkspaces.operations": ofWorkspace,
  "executionWorkspaces.report": reportedStep,
  "workProducts.list": ofIssue,
  "workProducts.create": (t) => ({
    ...ofIssue(t),
    body: { kind: "link", title: word(), url: `https://example.com/${word()}`, data: { note: word() } },
  }),
};
