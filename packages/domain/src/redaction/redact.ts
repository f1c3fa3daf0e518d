import type { FoundSecret } from "./found-secret.ts";
import { exactly, type SecretShape, secretShapes } from "./secret-shapes.ts";
import { writtenForms } from "./written-forms.ts";

/** A known value that is shorter stands in every text by chance. */
const shortestValue = 6;
/** Nothing longer is kept waiting for what follows; no secret is. */
const longestOpen = 64 * 1024;

export interface Redaction {
  /** As many bytes of UTF-8 as the text has. */
  text: string;
  /** Where in the text, not yet masked, a secret may have begun that goes on behind its end; null for nowhere. */
  openFrom: number | null;
}

/**
 * Masks what looks like a secret, and these very values: a star for each byte, so that places in the text stay right.
 * Line breaks stay, and the word that says what was masked.
 * @param values known secrets, found as they are, as JSON and URLs write them, in base64 and hex; those under 6 characters are left alone
 * @example redact("curl -H 'Authorization: Bearer abc'") // "curl -H 'Authorization: **********'"
 */
export function redact(text: string, values: readonly string[] = []): string {
  return mask(text, findSecrets(text, shapesWith(values)));
}

/**
 * Redacts a part of a text that comes in parts. What lies from `openFrom` on is to be put, as it was, before the part that
 * follows, and redacted with it: then the parts are masked just as the whole would be.
 */
export function redactPart(part: string, values: readonly string[] = []): Redaction {
  const shapes = shapesWith(values);
  const secrets = findSecrets(part, shapes);
  return { text: mask(part, secrets), openFrom: findOpen(part, secrets, shapes) };
}

/** Masks these values alone, however they are written; other secrets are left as they are. */
export function maskValues(values: readonly string[]): (text: string) => string {
  const shapes = shapesOf(values);
  return (text) => mask(text, findSecrets(text, shapes));
}

const shapesWith = (values: readonly string[]): readonly SecretShape[] =>
  values.length === 0 ? secretShapes : [...secretShapes, ...shapesOf(values)];

function shapesOf(values: readonly string[]): readonly SecretShape[] {
  const long = values.filter(({ length }) => length >= shortestValue);
  return Array.from(new Set(long.flatMap(writtenForms)), exactly);
}

const findSecrets = (text: string, shapes: readonly SecretShape[]): FoundSecret[] =>
  shapes.flatMap((shape) => shape.find(text)).sort((a, b) => a.from - b.from);

function mask(text: string, secrets: readonly FoundSecret[]): string {
  if (secrets.length === 0) return text;
  let masked = "";
  let at = 0;
  for (const { from, to } of secrets) {
    if (to <= at) continue;
    const start = Math.max(from, at);
    masked += text.slice(at, start) + stars(text.slice(start, to));
    at = to;
  }
  return masked + text.slice(at);
}

const encoder = new TextEncoder();
const stars = (secret: string) => secret.replaceAll(/[^\r\n]+/g, (line) => "*".repeat(encoder.encode(line).byteLength));

/** The earliest place that any form leaves open, moved before every secret that it lies in. */
function findOpen(text: string, secrets: readonly FoundSecret[], shapes: readonly SecretShape[]): number | null {
  const open = shapes.map((shape) => shape.findOpen(text)).filter((at) => at !== -1);
  if (open.length === 0) return null;
  let from = Math.min(...open);
  for (;;) {
    const around = secrets.filter(({ start, to }) => start < from && from < to);
    if (around.length === 0) break;
    from = Math.min(...around.map(({ start }) => start));
  }
  return text.length - from > longestOpen ? null : from;
}
