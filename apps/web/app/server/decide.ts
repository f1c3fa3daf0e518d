import { readLines, readText } from "../forms/read.ts";
import { answerInteraction } from "./answer-interaction.ts";
import type { CompanyActionArgs } from "./board.ts";
import { answerIncident } from "./budgets.ts";
import { type Decision, decideApproval } from "./decide-approval.ts";
import { decideReview } from "./issue-flow.ts";
import { snooze } from "./snooze.ts";

/** Does what any card that asks for a decision sends: of approvals, tool calls and confirmations alike. */
export async function decide(args: CompanyActionArgs): Promise<Decision | Answered> {
  return (
    (await snooze(args)) ??
    (await answerTool(args)) ??
    (await answerInteraction(args)) ??
    (await decideReview(args)) ??
    (await answerIncident(args)) ??
    decideApproval(args)
  );
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
