import { InvalidForm } from "./act.ts";
import { type ConfigField, configPrefix } from "./config-schema.ts";
import { invalidField } from "./failure.ts";
import { readChecked, readLines, readText } from "./read.ts";

type Config = Record<string, unknown>;

/** The configuration that a form describes. A secret left empty stays as it is; anything else left empty is left out. */
export function readConfig(form: FormData, fields: readonly ConfigField[], current: Config = {}): Config {
  if (fields.length === 0) return readJson(form, configPrefix, {});
  const config: Config = {};
  for (const field of fields) {
    const value = readField(form, field, current[field.name]);
    if (value !== undefined) config[field.name] = value;
  }
  return config;
}

function readField(form: FormData, field: ConfigField, current: unknown): unknown {
  const name = configPrefix + field.name;
  switch (field.kind) {
    case "boolean":
      return readChecked(form, name);
    case "number":
      return readNumber(form, name);
    case "list":
      return linesOf(form, name);
    case "map":
      return readMap(form, name);
    case "json":
      return readJson(form, name, undefined);
    case "long":
      return readLines(form, name) ?? undefined;
    case "secret":
      return readText(form, name) || current;
    default:
      return readText(form, name) || undefined;
  }
}

function readNumber(form: FormData, name: string): number | undefined {
  const text = readText(form, name);
  if (text === "") return undefined;
  if (/^-?\d+(\.\d+)?$/.test(text)) return Number(text);
  throw new InvalidForm(invalidField(form, name, "Write a number."));
}

function linesOf(form: FormData, name: string): string[] | undefined {
  const lines = (readLines(form, name) ?? "").split("\n").filter((line) => line.trim() !== "");
  return lines.length > 0 ? lines : undefined;
}

/** Lines of NAME=value; what stands after the first `=` is the value as it is. */
function readMap(form: FormData, name: string): Record<string, string> | undefined {
  const lines = linesOf(form, name);
  if (!lines) return undefined;
  const pairs = lines.map((line) => {
    const at = line.indexOf("=");
    if (at < 1) throw new InvalidForm(invalidField(form, name, `Write NAME=value instead of "${line.slice(0, 60)}".`));
    return [line.slice(0, at).trim(), line.slice(at + 1)] as const;
  });
  return Object.fromEntries(pairs);
}

function readJson<T>(form: FormData, name: string, empty: T): Config | T {
  const text = readText(form, name);
  if (text === "") return empty;
  try {
    return JSON.parse(text);
  } catch {
    throw new InvalidForm(invalidField(form, name, "This is not valid JSON."));
  }
}
