import { bigint, index, integer, pgTable, primaryKey, text } from "drizzle-orm/pg-core";
import { companyId, createdAt } from "../columns.ts";
import { companies } from "./companies.ts";

/**
 * Seals over stretches of a company's activity log: each holds the hashes of its rows and the hash of the seal before, and is
 * signed, so that whoever owns the database can't rewrite the log unseen. Nobody may update or delete its rows.
 */
export const auditSeals = pgTable(
  "audit_seals",
  {
    companyId: companyId().references(() => companies.id, { onDelete: "cascade" }),
    /** 1, 2, 3 … in each company. */
    position: integer("position").notNull(),
    /** The feed position of its last row. */
    toXid: bigint("to_xid", { mode: "number" }).notNull(),
    toSeq: bigint("to_seq", { mode: "number" }).notNull(),
    rowCount: integer("row_count").notNull(),
    /** SHA-256 of each row's line, in hex, one after the other in the order of the feed. */
    rowHashes: text("row_hashes").notNull(),
    /** What is hashed and signed, as text: position, range, the hash over the row hashes, the hash of the seal before. */
    payload: text("payload").notNull(),
    hash: text("hash").notNull(),
    signature: text("signature").notNull(),
    /** The Ed25519 key that signed, in base64url. */
    publicKey: text("public_key").notNull(),
    createdAt: createdAt(),
  },
  (t) => [
    primaryKey({ columns: [t.companyId, t.position] }),
    index("audit_seals_place").on(t.companyId, t.toXid, t.toSeq),
  ],
);
