import { type Agent, type Company, type HiredAgent, operations } from "@boardroom/contract";
import type { AppLoadContext } from "@remix-run/cloudflare";
import { parseForm } from "../forms/act.ts";
import { readChoice, readMoney, readText } from "../forms/read.ts";
import { adoptByDemo } from "./adopt-by-demo.ts";
import type { CompanyActionArgs } from "./board.ts";
import { listAgents } from "./companies.ts";

export const connections = ["demo", "webhook", "laptop"] as const;
export const laptopPrograms = ["claude_local", "codex_local", "gemini_local", "cursor", "opencode_local"] as const;

/** Who leads the company, when somebody does. */
export async function findCeo(context: AppLoadContext, company: Company): Promise<Agent | null> {
  const agents = await listAgents(context, company);
  return agents.find(({ role, status }) => role === "ceo" && status !== "terminated") ?? null;
}

/** Hires a company's first agent from the CEO template, reached as the form says. */
export async function hireCeo(args: CompanyActionArgs): Promise<HiredAgent> {
  const { api, company, form } = args;
  const templates = await api.call("agentTemplates.list", {});
  const template = templates.find(({ key }) => key === "ceo");
  const { demoAgentUrl } = args.context.env;
  const connection = readChoice(form, "connection", connections);
  const body = parseForm(
    operations["agents.create"].body,
    {
      name: readText(form, "name"),
      role: template?.role,
      title: template?.title,
      icon: template?.icon,
      capabilities: template?.capabilities,
      instructions: template?.instructions,
      permissions: template?.permissions,
      runtimeConfig: template?.runtimeConfig,
      budgetMonthlyCents: readMoney(form, "budgetMonthlyCents"),
      idempotencyKey: readText(form, "idempotencyKey") || undefined,
      ...adapterOf(connection, form, demoAgentUrl),
    },
    form,
  );
  const hired = await api.call("agents.create", { params: { cid: company.id }, body });
  if (connection === "demo" && demoAgentUrl && hired.webhookSecret) await adoptByDemo(demoAgentUrl, hired);
  return hired;
}

function adapterOf(connection: (typeof connections)[number], form: FormData, demoAgentUrl: string | null) {
  if (connection === "laptop") return { adapterType: readChoice(form, "program", laptopPrograms), adapterConfig: {} };
  const url = connection === "demo" ? (demoAgentUrl ?? "") : readText(form, "url");
  return { adapterType: "http", adapterConfig: { url } };
}

const firstIssue = {
  title: "Propose how we begin",
  description:
    "Look at the goals of the company and propose one plan to the board: whom to hire, which projects, which issues to begin with. " +
    "Send it as an approval of the type approve_ceo_strategy (the boardroom skill says how), then leave this issue in review. " +
    "You are woken with the board's answer.",
} as const;

/** Gives the CEO its first issue, which wakes it; sent twice it is the same issue. */
export async function askForPlan({ api, company }: CompanyActionArgs, ceoId: string): Promise<void> {
  await api.call("issues.create", {
    params: { cid: company.id },
    body: { ...firstIssue, priority: "high", assigneeAgentId: ceoId, idempotencyKey: `first-plan-${ceoId}` },
  });
}
