import { InvalidForm } from "../forms/act.ts";
import { invalidField } from "../forms/failure.ts";
import { readLines, readText } from "../forms/read.ts";
import type { CompanyActionArgs } from "./board.ts";

/** What a decision answers to its page. */
export interface Decision {
  decided: "approve" | "reject" | "revise" | "undo" | "vote";
  approvalId: string;
  /** When it takes effect, while it can still be undone. */
  undoUntil: string | null;
  /** Of an agent that was hired: its signing secret, shown once. */
  hired: { agentId: string; webhookSecret: string | null } | null;
}

export const decisionIntents = ["approve", "reject", "revise", "undo-approval"];

/** Approves, rejects, sends back or takes back; used by every page that shows a decision. */
export async function decideApproval({ api, form, intent }: CompanyActionArgs): Promise<Decision> {
  const approvalId = readText(form, "approvalId");
  const params = { id: approvalId };
  const version = Number(readText(form, "payloadVersion"));
  const body = { decisionNote: readLines(form, "note"), ...(version > 0 && { payloadVersion: version }) };
  const none = { approvalId, undoUntil: null, hired: null };
  if (intent === "undo-approval") {
    await api.call("approvals.undo", { params });
    return { ...none, decided: "undo" };
  }
  if (intent === "approve") {
    const decided = await api.call("approvals.approve", { params, body });
    if (decided.status === "pending") return { ...none, decided: "vote" };
    const { agentId, webhookSecret, effectAt, effectedAt } = decided;
    return {
      decided: "approve",
      approvalId,
      undoUntil: effectedAt === null ? effectAt : null,
      hired: agentId === null ? null : { agentId, webhookSecret },
    };
  }
  if (intent === "reject") {
    const { status } = await api.call("approvals.reject", { params, body });
    return { ...none, decided: status === "pending" ? "vote" : "reject" };
  }
  if (body.decisionNote === null) throw new InvalidForm(invalidField(form, "note", "Say what should change."));
  await api.call("approvals.requestRevision", { params, body });
  return { ...none, decided: "revise" };
}
