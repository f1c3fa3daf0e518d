import * as z from "zod";

/** Text that PostgreSQL can store: no NUL, no lone surrogates. */
export const text = (maxChars: number) =>
  z
    .string()
    .max(maxChars)
    .refine((value) => !value.includes("\u0000") && value.isWellFormed(), "contains characters that can't be stored");

/** A one-line name or title: trimmed, not empty. */
export const name = (maxChars = 200) => text(maxChars).trim().min(1);

export const id = z.uuid();
/** ISO 8601 in UTC, as every time in the API. */
export const instant = z.iso.datetime();
/** Money in cents; up to six decimals below a cent. */
export const cents = z.number().min(0).max(1_000_000_000_000);
/** A budget in cents: 0 means none, null means unlimited. */
export const budgetCents = cents.nullable();
/** A JSON object of any shape, made of text that PostgreSQL can store. */
export const jsonObject = (maxChars: number) =>
  z
    .record(z.string().max(200), z.unknown())
    .refine((value) => JSON.stringify(value).length <= maxChars, `is larger than ${maxChars / 1000} kB`)
    .refine(isStorable, "contains characters that can't be stored");
export const metadata = jsonObject(64_000);

function isStorable(value: unknown): boolean {
  if (typeof value === "string") return !value.includes("\u0000") && value.isWellFormed();
  if (typeof value !== "object" || value === null) return true;
  return Object.entries(value).every(([key, inner]) => isStorable(key) && isStorable(inner));
}

/** `?limit=` and `?cursor=` of every list. */
export const pageQuery = {
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: z.string().max(400).optional(),
};

export const companyParams = z.object({ cid: id });
export const idParams = z.object({ id });
/** An issue is addressed by id or identifier (`ACME-42`, any letter case). */
export const issueRef = z.union([id, z.string().regex(/^[A-Za-z][A-Za-z0-9]{1,9}-[1-9][0-9]{0,8}$/)]);
/** An agent is addressed by id, or `me`. */
export const agentRef = z.union([id, z.literal("me")]);
export const issueParams = z.object({ id: issueRef });
export const agentParams = z.object({ id: agentRef });
/** Also taken as the header `Idempotency-Key`. */
export const idempotencyKey = text(200).min(1).optional();
