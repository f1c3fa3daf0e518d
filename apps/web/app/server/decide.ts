import { readLines, readText } from "../forms/read.ts";
import type { CompanyActionArgs } from "./board.ts";
import { type Decision, decideApproval } from "./decide-approval.ts";

/** Does what any card that asks for a decision sends: of approvals, tool calls and confirmations alike. */
export async function decide(args: CompanyActionArgs): Promise<Decision | Answered> {
  return (await answerTool(args)) ?? (await answerInteraction(args)) ?? decideApproval(args);
}

/** What an answer led to, in a sentence for the page. */
export interface Answered {
  answered: string;
}

/** Answers a tool call; undefined when the form asks for something else. */
export async function answerTool({ api, form, intent }: CompanyActionArgs): Promise<Answered | undefined> {
  const call = { params: { id: readText(form, "toolApprovalId") }, body: { note: readLines(form, "note") } };
  switch (intent) {
    case "allow-tool":
      await api.call("toolApprovals.allow", call);
      return { answered: "Allowed. The agent goes on." };
    case "always-allow-tool":
      await api.call("toolApprovals.allow", { ...call, body: { ...call.body, remember: true } });
      return { answered: "Allowed, and calls like it from now on. The rule is in the settings." };
    case "deny-tool":
      await api.call("toolApprovals.deny", call);
      return { answered: "Denied. The agent is told." };
    default:
      return undefined;
  }
}

/** Accepts or rejects what an agent asked to have confirmed; undefined when the form asks for something else. */
export async function answerInteraction({ api, form, intent }: CompanyActionArgs): Promise<Answered | undefined> {
  const params = { id: readText(form, "issueId"), iid: readText(form, "interactionId") };
  const body = { note: readLines(form, "note") };
  switch (intent) {
    case "accept-interaction":
      await api.call("interactions.accept", { params, body });
      return { answered: "Accepted. Who asked is told." };
    case "reject-interaction":
      await api.call("interactions.reject", { params, body });
      return { answered: "Rejected. Who asked is told." };
    default:
      return undefined;
  }
}
