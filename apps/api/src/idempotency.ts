import { BoardroomError, type Operation } from "@boardroom/contract";
import type { Idempotency } from "@boardroom/db";
import { sha256Hex } from "./sha256.ts";

const headerForm = /^[\x20-\x7e]{1,200}$/;

/** What makes a creating call repeatable: its key, and a fingerprint of what it asks for. */
export async function readIdempotency(
  operation: Operation,
  id: string,
  request: Request,
  params: Record<string, unknown>,
  body: Record<string, unknown>,
): Promise<Idempotency | null> {
  if (!operation.creates) return null;
  const { idempotencyKey, ...content } = body;
  const header = request.headers.get("idempotency-key");
  if (header !== null && !headerForm.test(header)) {
    throw new BoardroomError("invalid_request", "Idempotency-Key must be 1 to 200 printable ASCII characters.");
  }
  const key = header ?? idempotencyKey;
  if (typeof key !== "string") return null;
  return { key, operation: id, bodyHash: await sha256Hex(canonicalJson({ params, body: content })) };
}

/** JSON whose text does not depend on the order of keys. */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_, inner: unknown) => (isRecord(inner) ? sorted(inner) : inner));
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);
const sorted = (record: Record<string, unknown>) =>
  Object.fromEntries(Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1)));
