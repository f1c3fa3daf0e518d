import { operations, type Routine } from "@boardroom/contract";
import { parseForm } from "../forms/act.ts";
import { readChoice, readOptional, readText } from "../forms/read.ts";
import { readRoutine, readSchedule, readVariableValues, readWebhook } from "../forms/routine-form.ts";
import type { CompanyActionArgs } from "./board.ts";

/** What a webhook's sender has to know; shown once. */
export interface MadeWebhook {
  webhook: { url: string; secret: string; signingMode: string };
}

/** Does what one of a routine's forms asks. Answers a secret to show, or the tab that the page goes on with. */
export async function actOnRoutine(args: CompanyActionArgs, id: string): Promise<MadeWebhook | { tab: string | null }> {
  const { api, form, intent } = args;
  const of = { params: { id } };
  const overview = { tab: null };
  switch (intent) {
    case "save": {
      const { idempotencyKey: _, ...body } = readRoutine(form);
      await api.call("routines.update", { ...of, body });
      return overview;
    }
    case "pause":
    case "resume":
    case "archive":
      await api.call("routines.update", { ...of, body: { status: statusAfter[intent] } });
      return overview;
    case "run":
      await runNow(args, await api.call("routines.get", of));
      return overview;
    case "restore":
      await api.call("routines.restoreRevision", { params: { id, revisionId: readText(form, "revisionId") } });
      return { tab: "revisions" };
    case "add-schedule":
    case "add-webhook":
    case "add-api":
      return addTrigger(args, id);
    default:
      return changeTrigger(args);
  }
}

const statusAfter = { pause: "paused", resume: "active", archive: "archived" } as const;

async function runNow({ api, form }: CompanyActionArgs, routine: Routine): Promise<void> {
  const body = {
    variables: readVariableValues(form, routine.variables),
    idempotencyKey: readText(form, "idempotencyKey") || undefined,
  };
  await api.call("routines.run", {
    params: { id: routine.id },
    body: parseForm(operations["routines.run"].body, body, form),
  });
}

async function addTrigger(args: CompanyActionArgs, id: string): Promise<MadeWebhook | { tab: null }> {
  const { api, form, intent } = args;
  const idempotencyKey = readText(form, "idempotencyKey") || undefined;
  const draft =
    intent === "add-schedule"
      ? { kind: "schedule", ...readSchedule(form) }
      : intent === "add-webhook"
        ? { kind: "webhook", signingMode: readText(form, "signingMode"), ...readWebhook(form) }
        : { kind: "api", label: readOptional(form, "label") };
  const body = parseForm(operations["routines.createTrigger"].body, { ...draft, idempotencyKey }, form);
  const { trigger, secretMaterial } = await api.call("routines.createTrigger", { params: { id }, body });
  if (secretMaterial === null) return { tab: null };
  return toMade(secretMaterial, trigger.signingMode);
}

async function changeTrigger({ api, form, intent }: CompanyActionArgs): Promise<MadeWebhook | { tab: null }> {
  const of = { params: { id: readText(form, "triggerId") } };
  const schema = operations["routineTriggers.update"].body;
  switch (intent) {
    case "save-schedule":
      await api.call("routineTriggers.update", { ...of, body: parseForm(schema, readSchedule(form), form) });
      return { tab: null };
    case "save-webhook":
      await api.call("routineTriggers.update", { ...of, body: parseForm(schema, readWebhook(form), form) });
      return { tab: null };
    case "switch-trigger": {
      const enabled = readChoice(form, "enabled", ["no", "yes"]) === "yes";
      await api.call("routineTriggers.update", { ...of, body: { enabled } });
      return { tab: null };
    }
    case "delete-trigger":
      await api.call("routineTriggers.delete", of);
      return { tab: null };
    case "rotate-secret": {
      const { trigger, secretMaterial } = await api.call("routineTriggers.rotateSecret", of);
      return secretMaterial === null ? { tab: null } : toMade(secretMaterial, trigger.signingMode);
    }
    default:
      return { tab: null };
  }
}

function toMade(material: { webhookUrl: string; webhookSecret: string }, mode: string | null): MadeWebhook {
  return { webhook: { url: material.webhookUrl, secret: material.webhookSecret, signingMode: mode ?? "bearer" } };
}
