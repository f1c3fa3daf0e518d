import { operations } from "@boardroom/contract";
import { parseForm } from "./act.ts";
import { readLines, readOptional, readText } from "./read.ts";

/** The fields of a goal's form, checked. */
export function readGoal(form: FormData) {
  return parseForm(
    operations["goals.create"].body,
    {
      title: readText(form, "title"),
      description: readLines(form, "description"),
      level: readText(form, "level") || undefined,
      status: readText(form, "status") || undefined,
      parentId: readOptional(form, "parentId"),
      ownerAgentId: readOptional(form, "ownerAgentId"),
      idempotencyKey: readText(form, "idempotencyKey") || undefined,
    },
    form,
  );
}
