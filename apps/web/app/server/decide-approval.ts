import { InvalidForm } from "../forms/act.ts";
import { invalidField } from "../forms/failure.ts";
import { readLines, readText } from "../forms/read.ts";
import type { CompanyActionArgs } from "./board.ts";

/** What a decision answers to its page. */
export interface Decision {
  decided: "approve" | "reject" | "revise";
  approvalId: string;
  /** Of an agent that was hired: its signing secret, shown once. */
  hired: { agentId: string; webhookSecret: string | null } | null;
}

export const decisionIntents = ["approve", "reject", "revise"];

/** Approves, rejects or sends back; used by every page that shows a decision. */
export async function decideApproval({ api, form, intent }: CompanyActionArgs): Promise<Decision> {
  const approvalId = readText(form, "approvalId");
  const call = { params: { id: approvalId }, body: { decisionNote: readLines(form, "note") } };
  if (intent === "approve") {
    const { agentId, webhookSecret } = await api.call("approvals.approve", call);
    return { decided: "approve", approvalId, hired: agentId === null ? null : { agentId, webhookSecret } };
  }
  if (intent === "reject") {
    await api.call("approvals.reject", call);
    return { decided: "reject", approvalId, hired: null };
  }
  if (call.body.decisionNote === null) throw new InvalidForm(invalidField(form, "note", "Say what should change."));
  await api.call("approvals.requestRevision", call);
  return { decided: "revise", approvalId, hired: null };
}
