import { parseMoney } from "../format/money.ts";
import { parsePrice } from "../format/price.ts";
import { InvalidForm } from "./act.ts";
import { invalidField } from "./failure.ts";

/** A text field, trimmed; empty when absent. */
export function readText(form: FormData, name: string): string {
  const value = form.get(name);
  return typeof value === "string" ? value.trim() : "";
}

/** A text field that may be left out: null when empty. */
export function readOptional(form: FormData, name: string): string | null {
  return readText(form, name) || null;
}

/** Several lines as typed; browsers send CRLF. */
export function readLines(form: FormData, name: string): string | null {
  return readText(form, name).replaceAll("\r\n", "\n") || null;
}

/** A checkbox. */
export function readChecked(form: FormData, name: string): boolean {
  return form.get(name) === "on";
}

/** A money field in cents: null when left empty. */
export function readMoney(form: FormData, name: string): number | null {
  const cents = parseMoney(readText(form, name));
  if (cents === undefined) throw new InvalidForm(invalidField(form, name, "Write an amount like 25 or 12.50."));
  return cents;
}

/** A price per million tokens, typed in dollars, in cents. */
export function readPrice(form: FormData, name: string): number {
  const cents = parsePrice(readText(form, name));
  if (cents === undefined) throw new InvalidForm(invalidField(form, name, "Write a price like 3 or 0.075."));
  return cents;
}

/** A whole number. */
export function readInteger(form: FormData, name: string): number {
  const text = readText(form, name);
  if (!/^\d{1,9}$/.test(text)) throw new InvalidForm(invalidField(form, name, "Write a whole number."));
  return Number(text);
}

const mostMegabytes = 2000;

/** A size typed in MB, in bytes: from one to two billion. */
export function readMegabytes(form: FormData, name: string): number {
  const text = readText(form, name).replace(",", ".");
  const bytes = /^\d{1,4}(\.\d{1,9})?$/.test(text) ? Math.round(Number(text) * 1e6) : 0;
  if (bytes >= 1 && bytes <= mostMegabytes * 1e6) return bytes;
  throw new InvalidForm(invalidField(form, name, `Write a size like 25 or 0.5, at most ${mostMegabytes}.`));
}

/** One of a closed set; the first when something else was sent. */
export function readChoice<T extends string>(form: FormData, name: string, choices: readonly [T, ...T[]]): T {
  const text = readText(form, name);
  return choices.find((choice) => choice === text) ?? choices[0];
}
