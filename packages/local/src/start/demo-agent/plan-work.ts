import type { Issue } from "@boardroom/contract";
import { demoTasks, maxOpenTasks, maxTasksPerDay, planningIssue } from "../demo/script.ts";
import { reportCost } from "./solve-issue.ts";
import type { DemoRun } from "./work-on-run.ts";

const openStatuses = ["backlog", "todo", "in_progress", "in_review", "blocked"];

/** The lead's minute: when the others have too little to do, the next issue of the script is written for one of them. */
export async function planWork(run: DemoRun): Promise<string> {
  const cid = run.invocation.companyId;
  const inbox = await run.api().call("agents.inboxMine", {});
  const planning = inbox.find(({ title }) => title === planningIssue.title);
  await run.tell({ type: "thinking", text: "Looking at what the others have to do." });
  await reportCost(run, planning ?? null);
  if (!planning) return "The planning issue is closed, so nothing is planned. (demo)";
  await askTheBoard(run);

  const tasks = await run.api().call("issues.list", { params: { cid }, query: { parentId: planning.id, limit: 200 } });
  const open = tasks.filter(({ status }) => openStatuses.includes(status));
  if (open.length >= maxOpenTasks) return `${open.length} issues are open; that is enough. (demo)`;
  if (countToday(tasks) >= maxTasksPerDay) return "Enough for today. (demo)";
  const next = demoTasks[tasks.length % demoTasks.length];
  if (!next) return "The script is empty. (demo)";
  await run.tell({ type: "tool_call", name: "list_issues", input: { parentId: planning.id } });
  await run.tell({ type: "tool_result", name: "list_issues", text: `${open.length} of ${tasks.length} are open.` });
  const agents = await run.api().call("agents.list", { params: { cid }, query: { limit: 200 } });
  const assignee = agents.find(({ name }) => name === next.to);
  if (!assignee) return `${next.to} is no longer here. (demo)`;
  const issue = await run.api().call("issues.createChild", {
    params: { id: planning.id },
    body: { title: next.title, description: next.description, status: "todo", assigneeAgentId: assignee.id },
  });
  await run.tell({ type: "assistant", text: `Gave ${issue.identifier} to ${next.to}: ${issue.title}` });
  return `Wrote ${issue.identifier} for ${next.to}. (demo)`;
}

function countToday(tasks: readonly Issue[]): number {
  const today = new Date().toISOString().slice(0, 10);
  return tasks.filter(({ createdAt }) => createdAt.startsWith(today)).length;
}

/** One question for the visitor's inbox, asked once. */
async function askTheBoard(run: DemoRun): Promise<void> {
  await run.api().call("approvals.create", {
    params: { cid: run.invocation.companyId },
    body: {
      type: "request_board_approval",
      idempotencyKey: "demo-sign",
      payload: {
        title: "May I order the sign for the new shop? (demo)",
        summary: "It costs $340 and takes two weeks. Nothing is really ordered.",
      },
    },
  });
}
