import { operations, workspaceCleanupPolicies, workspaceModes } from "@boardroom/contract";
import { parseForm } from "./act.ts";
import { readChecked, readChoice, readOptional, readText } from "./read.ts";

function readFields(form: FormData) {
  return {
    name: readText(form, "name"),
    path: readOptional(form, "path"),
    repoUrl: readOptional(form, "repoUrl"),
    defaultBranch: readOptional(form, "defaultBranch"),
    mode: readChoice(form, "mode", workspaceModes),
    cleanupPolicy: readChoice(form, "cleanupPolicy", workspaceCleanupPolicies),
    runnerId: readOptional(form, "runnerId"),
    // Only another one can take its place.
    ...(readChecked(form, "isPrimary") && { isPrimary: true }),
  };
}

/** A place is a clone where it has a repository's address, else a folder that is there already. */
export function readNewWorkspace(form: FormData) {
  const fields = readFields(form);
  const body = {
    ...fields,
    kind: fields.repoUrl === null ? "folder" : "repository",
    idempotencyKey: readText(form, "idempotencyKey") || undefined,
  };
  return parseForm(operations["projectWorkspaces.create"].body, body, form);
}

export function readWorkspace(form: FormData) {
  return parseForm(operations["projectWorkspaces.update"].body, readFields(form), form);
}
