import { operations } from "@boardroom/contract";
import { parseForm } from "./act.ts";
import { readLines, readOptional, readText } from "./read.ts";

/** The fields of a milestone's form, checked. */
export function readMilestone(form: FormData) {
  return parseForm(
    operations["milestones.create"].body,
    {
      name: readText(form, "name"),
      description: readLines(form, "description"),
      targetDate: readOptional(form, "targetDate"),
      idempotencyKey: readText(form, "idempotencyKey") || undefined,
    },
    form,
  );
}
