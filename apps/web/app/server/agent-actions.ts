import { type Agent, operations } from "@boardroom/contract";
import { parseForm } from "../forms/act.ts";
import { readConfiguration } from "../forms/agent-form.ts";
import { readKeyDraft } from "../forms/key-form.ts";
import { readMoney, readOptional, readText } from "../forms/read.ts";
import { readScheduleForm } from "../forms/schedule-form.ts";
import { listAdapters, toAdapterForm } from "./adapters.ts";
import type { CompanyActionArgs } from "./board.ts";
import { type Tested, testEnvironment } from "./test-environment.ts";

/** A secret that an action made; shown once. */
export interface MadeSecret {
  secret: { title: string; value: string; hint: string };
}

/** Does what one of an agent's forms asks. Answers what is to be shown now, or null when the page says it all. */
export async function actOnAgent(args: CompanyActionArgs, agent: Agent): Promise<MadeSecret | Tested | null> {
  const { api, form, intent } = args;
  const { id } = agent;
  const of = { params: { id } };
  switch (intent) {
    case "pause":
      await api.call("agents.pause", { ...of, body: { reason: readOptional(form, "reason") } });
      return null;
    case "resume":
      await api.call("agents.resume", { ...of, body: {} });
      return null;
    case "terminate":
      await api.call("agents.terminate", { ...of, body: { reason: readOptional(form, "reason") } });
      return null;
    case "run":
      await api.call("agents.invoke", { ...of, body: { reason: readOptional(form, "reason") } });
      return null;
    case "budget":
      await api.call("agents.setBudget", {
        ...of,
        body: { budgetMonthlyCents: readMoney(form, "budgetMonthlyCents") },
      });
      return null;
    case "budget-resume":
      await api.call("agents.setBudget", {
        ...of,
        body: { budgetMonthlyCents: readMoney(form, "budgetMonthlyCents") },
      });
      await api.call("agents.resume", { ...of, body: {} });
      return null;
    case "configure":
      await api.call("agents.update", { ...of, body: readConfiguration(form, await formOf(args, agent), agent) });
      await api.call("agents.permissions", { ...of, body: { canCreateAgents: form.get("canCreateAgents") === "on" } });
      return null;
    case "adopt-secret":
      await api.call("secrets.adopt", {
        ...of,
        body: parseForm(
          operations["secrets.adopt"].body,
          { section: readText(form, "section"), field: readText(form, "field") },
          form,
        ),
      });
      return null;
    case "test":
      return testEnvironment(args, await formOf(args, agent), agent);
    case "schedule":
      await api.call("agents.update", { ...of, body: readScheduleForm(form) });
      return null;
    case "reset-session":
    case "reset-sessions":
      await api.call("agents.resetSession", { ...of, body: { taskKey: readOptional(form, "taskKey") } });
      return null;
    case "instruct":
    case "uninstruct":
      await writeInstructions(args, id);
      return null;
    case "rollback":
      await api.call("agents.rollbackConfig", { params: { id, rid: readText(form, "revisionId") } });
      return null;
    case "create-key":
      return createKey(args, id);
    case "revoke-key":
      await api.call("agentKeys.revoke", { params: { id, kid: readText(form, "keyId") } });
      return null;
    case "rotate":
      return rotateSecret(args, id);
    default:
      return null;
  }
}

async function formOf({ api, company }: CompanyActionArgs, { adapterType }: Agent) {
  return toAdapterForm(await listAdapters(api, company), adapterType);
}

/** Saves or deletes one file, unless somebody changed the bundle since it was read. */
async function writeInstructions({ api, form, intent }: CompanyActionArgs, id: string): Promise<void> {
  const content = intent === "uninstruct" ? null : String(form.get("content") ?? "").replaceAll("\r\n", "\n");
  const baseVersion = Number(readText(form, "baseVersion")) || null;
  const body = parseForm(
    operations["agents.updateInstructions"].body,
    { files: [{ path: readText(form, "path"), content }], baseVersion },
    form,
  );
  await api.call("agents.updateInstructions", { params: { id }, body });
}

async function createKey({ api, form }: CompanyActionArgs, id: string): Promise<MadeSecret | null> {
  const body = parseForm(operations["agentKeys.create"].body, readKeyDraft(form), form);
  const { name, token } = await api.call("agentKeys.create", { params: { id }, body });
  const hint = "The agent sends it as a bearer token when it calls without a run.";
  return token === null ? null : { secret: { title: `Key ${name}`, value: token, hint } };
}

async function rotateSecret({ api }: CompanyActionArgs, id: string): Promise<MadeSecret> {
  const { webhookSecret } = await api.call("agents.rotateWebhookSecret", { params: { id } });
  const hint = "The old one signs along for 24 hours, so there is time to put the new one in place.";
  return { secret: { title: "New signing secret", value: webhookSecret, hint } };
}
