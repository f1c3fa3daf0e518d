import { randomBytes } from "node:crypto";

/** A value that stands nowhere else, and the ways in which it could stand somewhere. */
export interface Canary {
  name: string;
  value: string;
}

export const newCanary = (name: string, prefix = ""): Canary => ({
  name,
  value: `${prefix}canary+${randomBytes(12).toString("hex")}/${randomBytes(6).toString("hex")}`,
});

/** The canaries that a text holds: as they are, in base64, in hex, as URLs and JSON write them. */
export function findCanaries(text: string, canaries: readonly Canary[]): string[] {
  return canaries.flatMap(({ name, value }) => {
    const bytes = Buffer.from(value);
    const forms = [value, encodeURIComponent(value), value.replaceAll("/", "\\/"), bytes.toString("hex")];
    const shifted = [0, 1, 2].map((before) => {
      const whole = Buffer.concat([Buffer.alloc(before), bytes]).toString("base64");
      return whole.slice(4, 4 * Math.floor((before + bytes.length) / 3) - 4);
    });
    return [...forms, ...shifted].some((form) => text.includes(form)) ? [name] : [];
  });
}
