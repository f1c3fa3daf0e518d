import { BoardroomError, type Operation } from "@boardroom/contract";
import type { Idempotency } from "@boardroom/db";
import { sha256Hex } from "./sha256.ts";
import { importHmacKey } from "./tokens.ts";

const headerForm = /^[\x20-\x7e]{1,200}$/;

/** What makes a creating call repeatable: its key, and a fingerprint of what it asks for. */
export async function readIdempotency(
  operation: Operation,
  id: string,
  request: Request,
  params: Record<string, unknown>,
  body: Record<string, unknown>,
  jwtSecret: string,
): Promise<Idempotency | null> {
  if (!operation.creates) return null;
  const { idempotencyKey, ...content } = body;
  const key = readIdempotencyKey(request) ?? idempotencyKey;
  if (typeof key !== "string") return null;
  const text = canonicalJson({ params, body: content });
  return { key, operation: id, bodyHash: holdsSecret(id) ? await keyedHash(jwtSecret, text) : await sha256Hex(text) };
}

/** The key in the header. @throws BoardroomError invalid_request for one that can't be kept */
export function readIdempotencyKey(request: Request): string | null {
  const header = request.headers.get("idempotency-key");
  if (header !== null && !headerForm.test(header)) {
    throw new BoardroomError("invalid_request", "Idempotency-Key must be 1 to 200 printable ASCII characters.");
  }
  return header;
}

/** Who reads the database could guess a short secret by its plain hash. */
const holdsSecret = (id: string) => id.startsWith("secrets.");

async function keyedHash(jwtSecret: string, text: string): Promise<string> {
  const bytes = new TextEncoder().encode(`idempotency\n${text}`);
  const mac = new Uint8Array(await crypto.subtle.sign("HMAC", await importHmacKey(jwtSecret), bytes));
  return Array.from(mac, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** JSON whose text does not depend on the order of keys. */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_, inner: unknown) => (isRecord(inner) ? sorted(inner) : inner));
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);
const sorted = (record: Record<string, unknown>) =>
  Object.fromEntries(Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1)));
