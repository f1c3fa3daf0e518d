import type { AgentTemplate } from "@boardroom/contract";
import { InvalidForm } from "../forms/act.ts";
import { failPlan, failTaken, readTeam } from "../forms/team-form.ts";
import type { AdapterForm } from "./adapters.ts";
import type { CompanyActionArgs } from "./board.ts";
import { isBoardroomError } from "./errors.ts";

/** What became of a team: its agents, or the decision that it waits for. */
export interface HiredTeam {
  agents: { id: string; name: string; title: string | null; urlKey: string }[];
  approvalId: string | null;
  /** Of those that are called; null also when it was shown before. */
  webhookSecret: string | null;
  isCalled: boolean;
}

/** Hires the team of the form, or asks for it where the company wants hires decided. */
export async function hireTeam(
  args: CompanyActionArgs,
  templates: readonly AgentTemplate[],
  adapter: AdapterForm,
): Promise<HiredTeam> {
  const { api, company, form } = args;
  const body = readTeam(form, templates, adapter);
  try {
    const { agents, approval, webhookSecret } = await api.call("agents.hireTeam", {
      params: { cid: company.id },
      body,
    });
    return {
      agents: agents.map(({ id, name, title, urlKey }) => ({ id, name, title, urlKey })),
      approvalId: approval?.id ?? null,
      webhookSecret,
      isCalled: adapter.place === "edge",
    };
  } catch (error) {
    const failure = await failureOf(error, args, templates);
    throw failure ? new InvalidForm(failure) : error;
  }
}

async function failureOf(error: unknown, args: CompanyActionArgs, templates: readonly AgentTemplate[]) {
  if (!isBoardroomError(error)) return undefined;
  const { api, company, form } = args;
  if (error.code === "invalid_plan") return failPlan(form, templates, error.details);
  if (error.code !== "already_exists") return undefined;
  const agents = await api.call("agents.list", { params: { cid: company.id }, query: { limit: 200 } });
  return failTaken(
    form,
    templates,
    agents.map(({ name }) => name),
  );
}
