import { InvalidForm } from "../forms/act.ts";
import { invalidField } from "../forms/failure.ts";
import { readLines, readText } from "../forms/read.ts";
import type { CompanyActionArgs } from "./board.ts";

export interface DecidedPlan {
  decided: "approved" | "rejected" | "sent back" | "commented";
  /** Of agents with an address of their own; shown once. */
  webhookSecret: string | null;
}

/** Decides a plan as its page says: what is ticked of it is approved. */
export async function decidePlan({ api, form, intent }: CompanyActionArgs, id: string): Promise<DecidedPlan> {
  const params = { id };
  const body = {
    decisionNote: readLines(form, "note"),
    payloadVersion: Number(readText(form, "payloadVersion")) || undefined,
  };
  switch (intent) {
    case "approve": {
      const { webhookSecret } = await api.call("approvals.approve", {
        params,
        body: { ...body, selection: readSelection(form) },
      });
      return { decided: "approved", webhookSecret };
    }
    case "reject":
      await api.call("approvals.reject", { params, body });
      return { decided: "rejected", webhookSecret: null };
    case "revise":
      if (body.decisionNote === null) throw new InvalidForm(invalidField(form, "note", "Say what should change."));
      await api.call("approvals.requestRevision", { params, body });
      return { decided: "sent back", webhookSecret: null };
    default:
      await api.call("approvals.comment", { params, body: { body: readText(form, "body") } });
      return { decided: "commented", webhookSecret: null };
  }
}

/** What is ticked; null when that is all of it. */
function readSelection(form: FormData) {
  const agents = form.getAll("agent").map(String);
  const issues = form.getAll("issue").map(String);
  const isWhole = agents.length + issues.length === Number(readText(form, "partCount"));
  return isWhole ? null : { agents, issues };
}
