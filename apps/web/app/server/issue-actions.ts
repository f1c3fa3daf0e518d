import { operations } from "@boardroom/contract";
import { parseForm } from "../forms/act.ts";
import { readLines, readText } from "../forms/read.ts";
import { answerInteraction } from "./answer-interaction.ts";
import type { CompanyActionArgs } from "./board.ts";
import { addBlocker, removeBlocker } from "./change-blockers.ts";
import { changeFlow, isFlowIntent } from "./issue-flow.ts";
import { settleWorkspace } from "./issue-work.ts";

/** Does what one of an issue's forms asks. */
export async function actOnIssue(args: CompanyActionArgs, id: string): Promise<void> {
  const { api, intent } = args;
  switch (intent) {
    case "comment":
      return addComment(args, id);
    case "unread":
      await api.call("issues.markUnread", { params: { id } });
      return;
    case "delete-file":
      await api.call("attachments.delete", { params: { id: readText(args.form, "attachmentId") } });
      return;
    case "add-link":
      return addLink(args, id);
    case "force-release":
      await api.call("issues.forceRelease", { params: { id } });
      return;
    case "block":
      return addBlocker(args, id);
    case "labels":
      return setLabels(args, id);
    case "unblock":
      return removeBlocker(args, id);
    case "retry-finalize":
    case "override-finalize":
      return settleWorkspace(args, intent);
    case "accept-interaction":
    case "respond-interaction":
    case "reject-interaction":
      await answerInteraction(args);
      return;
    default:
      if (isFlowIntent(intent)) return changeFlow(args, id, intent);
      await api.call("issues.update", { params: { id }, body: readChange(args) });
  }
}

async function addComment({ api, form }: CompanyActionArgs, id: string): Promise<void> {
  const comment = { body: readLines(form, "body") ?? "", idempotencyKey: readText(form, "idempotencyKey") };
  await api.call("issues.comment", {
    params: { id },
    body: parseForm(operations["issues.comment"].body, comment, form),
  });
}

/** A page elsewhere that came out of the work. */
async function addLink({ api, form }: CompanyActionArgs, id: string): Promise<void> {
  const link = {
    kind: "link",
    title: readText(form, "title"),
    url: readText(form, "url"),
    idempotencyKey: readText(form, "idempotencyKey") || undefined,
  };
  const body = parseForm(operations["workProducts.create"].body, link, form);
  await api.call("workProducts.create", { params: { id }, body });
}

/** Puts the chosen labels on it, and one that is made for it. */
async function setLabels({ api, company, form }: CompanyActionArgs, id: string): Promise<void> {
  const labelIds = form.getAll("label").map(String);
  const name = readText(form, "newLabel");
  if (name !== "") {
    const body = parseForm(operations["labels.create"].body, { name }, form);
    labelIds.push((await api.call("labels.create", { params: { cid: company.id }, body })).id);
  }
  const body = parseForm(operations["issues.update"].body, { labelIds }, form);
  await api.call("issues.update", { params: { id }, body });
}

const nullable = ["assigneeAgentId", "projectId", "milestoneId", "goalId"];

/** The fields that the form carried, and no others: PATCH takes only what changes. */
function readChange({ form }: CompanyActionArgs) {
  const change: Record<string, unknown> = {};
  for (const name of ["title", "status", "priority", ...nullable]) {
    if (!form.has(name)) continue;
    const value = readText(form, name);
    change[name] = value === "" && nullable.includes(name) ? null : value;
  }
  if (form.has("workspaceMode")) {
    const mode = readText(form, "workspaceMode");
    change.executionWorkspaceSettings = mode === "" ? null : { mode };
  }
  if (form.has("description")) change.description = readLines(form, "description");
  return parseForm(operations["issues.update"].body, change, form);
}
