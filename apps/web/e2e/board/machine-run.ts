import type { Agent, BoardroomClient, Issue, RunJob } from "@boardroom/contract";
import type { TestBoardroom, TestCompany } from "@boardroom/testing";
import { type Machine, type MachineLooks, registerMachine } from "./machine.ts";

export interface MachineRun {
  machine: Machine;
  agent: Agent;
  issue: Issue;
  job: RunJob;
  /** With the run's token. */
  api: BoardroomClient;
  /** Reports a step of the run's workspace. */
  report(kind: "prepare" | "execute" | "finalize", status: Status, more?: object): Promise<unknown>;
}
type Status = "running" | "succeeded" | "failed";

/** Makes a code and registers a machine with it. */
export async function connectMachine(
  { url }: Pick<TestBoardroom, "url">,
  { board, cid }: TestCompany,
  options: MachineLooks & { labels?: string[] } = {},
): Promise<Machine> {
  const { labels, ...looks } = options;
  const { code } = await board.call("runnerCodes.create", { params: { cid }, body: { ...(labels && { labels }) } });
  return registerMachine(url, code ?? "", { name: "Studio Mac", ...looks });
}

/** Ada Moreau, who is Claude Code on the machine, has begun to work on an issue of a project with a repository. */
export async function startMachineRun(boardroom: TestBoardroom, company: TestCompany): Promise<MachineRun> {
  const { board, cid } = company;
  const params = { cid };
  const machine = await connectMachine(boardroom, company);
  const agent = await board.call("agents.create", {
    params,
    body: { name: "Ada Moreau", adapterType: "claude_local", adapterConfig: {} },
  });
  const project = await board.call("projects.create", { params, body: { name: "Shop code" } });
  await board.call("projectWorkspaces.create", {
    params: { id: project.id },
    body: { name: "Shop", kind: "folder", path: "/srv/shop", defaultBranch: "main", mode: "worktree" },
  });
  const issue = await board.call("issues.create", {
    params,
    body: { title: "Round the prices", projectId: project.id, assigneeAgentId: agent.id },
  });
  const { job, api } = await machine.claim();
  await api.call("runs.renew", { params: { id: job.run.id }, body: {} });
  const of = { params: { id: job.workspace?.executionWorkspaceId ?? "" } };
  return {
    machine,
    agent,
    issue,
    job,
    api,
    report: (kind, status, more = {}) =>
      api.call("executionWorkspaces.report", { ...of, body: { fence: job.run.fence, kind, status, ...more } }),
  };
}
