import { operations } from "@boardroom/contract";
import { parseForm } from "../forms/act.ts";
import { readChecked, readInteger, readMoney, readOptional, readText } from "../forms/read.ts";
import type { CompanyActionArgs } from "./board.ts";
import type { Answered } from "./decide.ts";

/** Does what one of the budgets' forms asks; false when it asks for something else. */
export async function actOnBudgets(args: CompanyActionArgs): Promise<boolean> {
  const { api, company, form, intent } = args;
  const of = { params: { cid: company.id, id: readText(form, "policyId") } };
  if (intent === "create-budget") {
    const body = parseForm(operations["budgets.createPolicy"].body, readPolicy(form), form);
    await api.call("budgets.createPolicy", { params: { cid: company.id }, body });
  } else if (intent === "change-budget") {
    await api.call("budgets.updatePolicy", { ...of, body: readAmounts(form) });
  } else if (intent.startsWith("delete-budget")) {
    await api.call("budgets.deletePolicy", of);
  } else return false;
  return true;
}

const readAmounts = (form: FormData) => ({
  amountCents: readMoney(form, "amountCents"),
  alertPercent: readInteger(form, "alertPercent"),
  hardStop: readChecked(form, "hardStop"),
});

function readPolicy(form: FormData) {
  const [scope, id] = readText(form, "whose").split(" ");
  const window = readText(form, "window");
  return {
    scope,
    ...(scope === "agent" && { agentId: id }),
    ...(scope === "project" && { projectId: id }),
    window,
    ...(window === "rolling" && { windowDays: readInteger(form, "windowDays") }),
    ...readAmounts(form),
    idempotencyKey: readOptional(form, "idempotencyKey") ?? undefined,
  };
}

/** Decides on a budget incident; undefined when the form asks for something else. */
export async function answerIncident({ api, company, form, intent }: CompanyActionArgs): Promise<Answered | undefined> {
  const params = { cid: company.id, id: readText(form, "incidentId") };
  switch (intent) {
    case "raise-budget": {
      const amountCents = readMoney(form, "amountCents") ?? undefined;
      await api.call("budgets.resolveIncident", { params, body: { action: "raise_budget_and_resume", amountCents } });
      return { answered: "Raised. What the stop paused goes on." };
    }
    case "keep-stopped":
      await api.call("budgets.resolveIncident", { params, body: { action: "keep_paused" } });
      return { answered: "It stays stopped until you resume it." };
    case "dismiss-incident":
      await api.call("budgets.resolveIncident", { params, body: { action: "dismiss" } });
      return { answered: "Dismissed. Nothing was changed." };
    default:
      return undefined;
  }
}
