import { type BoardroomClient, createClient } from "@boardroom/contract";
import type { TestBoardroom } from "@boardroom/testing";
import { addWorkspace } from "./examples/workspaces.ts";
import { bearer, type TenantIds, type TestRun } from "./tenant.ts";

interface Given {
  board: BoardroomClient;
  boardroom: TestBoardroom;
  cid: string;
  mark: string;
  run: TestRun;
  url: string;
  agentId: string;
  issueId: string;
  projectId: string;
}
type Made = Pick<
  TenantIds,
  "projectWorkspace" | "executionWorkspace" | "interaction" | "toolApproval" | "toolRule" | "skill"
>;

/** What agents that work on machines bring with them: places, questions, tool calls, skills. */
export async function newWorkThings(given: Given): Promise<Made> {
  const { board, cid, mark, run, url, agentId, issueId } = given;
  const ofCompany = { params: { cid } };
  const place = await board.call("projectWorkspaces.create", {
    params: { id: given.projectId },
    body: { name: `Place ${mark}`, kind: "folder", path: `/home/${mark}` },
  });
  const asked = await board.call("interactions.create", {
    params: { id: issueId },
    body: { kind: "request_confirmation", payload: { version: 1, prompt: `Ask ${mark}` } },
  });
  const inRun = createClient({ baseUrl: url, headers: bearer(run.token) });
  const toolCall = await inRun.call("toolApprovals.request", {
    params: { id: run.runId },
    body: { callId: `call-${mark}`, tool: "Bash", input: { command: `echo ${mark}` } },
  });
  const rule = await board.call("toolRules.create", { ...ofCompany, body: { effect: "deny", tool: `Rule ${mark}` } });
  const skill = await board.call("skills.create", {
    ...ofCompany,
    body: {
      key: `skill-${mark}`,
      name: `Skill ${mark}`,
      description: "",
      files: [{ path: "SKILL.md", content: mark }],
    },
  });
  return {
    projectWorkspace: place.id,
    executionWorkspace: await addWorkspace(given, { issueId, agentId }),
    interaction: asked.id,
    toolApproval: toolCall.id,
    toolRule: rule.id,
    skill: skill.key,
  };
}
