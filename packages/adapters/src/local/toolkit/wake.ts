import type { RunJob } from "@boardroom/contract";
import { asString } from "./json.ts";

/** Why a run was started, in sentences for the agent. */
export function describeWake({ task, run, context }: RunJob): string {
  const words = run.wakeReason.replaceAll("_", " ");
  const lines = [`You were woken by ${run.wakeSource.replaceAll("_", " ")}${words ? `: ${words}` : ""}.`];
  lines.push(
    task
      ? `Your task is ${task.identifier} (id ${task.id}): ${oneLine(task.title)}`
      : "No single task is named: look at your inbox, and take what matters most.",
  );
  const commentId = asString(context.commentId);
  if (commentId) lines.push(`It is about comment ${oneLine(commentId)} of that task: read it first.`);
  const approvalId = asString(context.approvalId);
  const approvalStatus = asString(context.approvalStatus);
  if (approvalId)
    lines.push(
      `It is about approval ${oneLine(approvalId)}${approvalStatus ? `, now ${oneLine(approvalStatus)}` : ""}.`,
    );
  if (run.attempt > 1) lines.push(`This is attempt ${run.attempt}: look first at what the earlier one already did.`);
  return lines.join("\n");
}

const oneLine = (text: string): string => text.replace(/\s+/g, " ").slice(0, 500);
