import { operations } from "@boardroom/contract";
import { parseForm } from "./act.ts";
import { readEnvironment } from "./environment.ts";
import { readLines, readOptional, readText } from "./read.ts";

/** The fields of a project's form, checked. */
export function readProject(form: FormData) {
  const goalIds = form.getAll("goalIds").filter((id): id is string => typeof id === "string" && id !== "");
  return parseForm(
    operations["projects.create"].body,
    {
      name: readText(form, "name"),
      description: readLines(form, "description"),
      status: readText(form, "status") || undefined,
      leadAgentId: readOptional(form, "leadAgentId"),
      targetDate: readOptional(form, "targetDate"),
      env: readEnvironment(form),
      goalIds,
      idempotencyKey: readText(form, "idempotencyKey") || undefined,
    },
    form,
  );
}
