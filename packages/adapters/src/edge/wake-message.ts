import type { HeartbeatPayload } from "@boardroom/contract";
import { asObject, asObjects, asString } from "../local/toolkit/json.ts";

const maxChars = 100_000;

/** A wake as a message to an agent that reads text: why, and with a fat context the task itself. It holds no secret. */
export function wakeMessage({ data }: HeartbeatPayload): string {
  const { context, taskId, wakeReason } = data;
  const parts = [`Boardroom wakes you: ${wakeReason.replaceAll("_", " ")}.`];
  const task = asObject(context.task);
  if (task) parts.push(...describeTask(task, asObjects(context.comments)));
  else if (taskId) parts.push(`Your task is the Boardroom issue with the id ${taskId}.`);
  else parts.push("No single task is named: look at your inbox, and take what matters most.");
  const commentId = asString(context.commentId);
  if (commentId) parts.push(`It is about the comment ${commentId}.`);
  const approvalId = asString(context.approvalId);
  if (approvalId)
    parts.push(`It is about the approval ${approvalId}, now ${asString(context.approvalStatus) ?? "decided"}.`);
  return parts.join("\n\n").slice(0, maxChars);
}

function describeTask(task: Record<string, unknown>, comments: readonly Record<string, unknown>[]): string[] {
  const parts = [`Your task is ${asString(task.identifier) ?? task.id}: ${asString(task.title) ?? ""}`];
  const description = asString(task.description);
  if (description) parts.push(description);
  if (comments.length > 0) {
    const lines = comments.map(
      ({ authorName, body }) => `${asString(authorName) ?? "Somebody"}: ${asString(body) ?? ""}`,
    );
    parts.push(`Comments, oldest first:\n\n${lines.join("\n\n")}`);
  }
  return parts;
}
