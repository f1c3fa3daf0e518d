import { operations } from "@boardroom/contract";
import type { z } from "zod";
import { parseForm } from "./act.ts";
import { readChecked, readLines, readText } from "./read.ts";

const main = "SKILL.md";

export function readNewSkill(form: FormData) {
  const body = {
    key: readText(form, "key"),
    name: readText(form, "name"),
    description: readText(form, "description"),
    files: [{ path: main, content: readLines(form, "content") ?? "" }],
    isEnabled: readChecked(form, "isEnabled"),
    idempotencyKey: readText(form, "idempotencyKey") || undefined,
  };
  return parseForm(operations["skills.create"].body, body, form);
}

type Files = z.output<(typeof operations)["skills.create"]["body"]>["files"];

/** The skill with its first file as it was typed; the other files stay as they are. */
export function readSkill(form: FormData, files: Files) {
  const body = {
    name: readText(form, "name"),
    description: readText(form, "description"),
    files: [{ path: main, content: readLines(form, "content") ?? "" }, ...files.filter(({ path }) => path !== main)],
    isEnabled: readChecked(form, "isEnabled"),
  };
  return parseForm(operations["skills.replace"].body, body, form);
}
