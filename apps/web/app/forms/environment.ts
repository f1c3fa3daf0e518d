import { InvalidForm } from "./act.ts";
import { invalidField } from "./failure.ts";
import { readLines } from "./read.ts";

/** An environment as its field shows it: a variable a line. */
export const writeEnvironment = (env: Record<string, string>): string =>
  Object.entries(env)
    .map(([name, value]) => `${name}=${value}`)
    .join("\n");

/** What the field says. */
export function readEnvironment(form: FormData): Record<string, string> {
  const lines = (readLines(form, "env") ?? "").split("\n").filter((line) => line.trim() !== "");
  const pairs = lines.map((line): [string, string] => {
    const at = line.indexOf("=");
    if (at < 1) throw new InvalidForm(invalidField(form, "env", "Write NAME=value, one to a line."));
    return [line.slice(0, at).trim(), line.slice(at + 1).trim()];
  });
  return Object.fromEntries(pairs);
}
