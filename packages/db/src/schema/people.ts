import { sql } from "drizzle-orm";
import {
  boolean,
  foreignKey,
  index,
  integer,
  pgTable,
  primaryKey,
  text,
  unique,
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core";
import { companyId, createdAt, instant, newId } from "../columns.ts";
import { companies } from "./companies.ts";
import { cliChallengeStatus, joinRequestStatus, memberRole } from "./enums.ts";
import { users } from "./users.ts";

/** Ways into a company: for one address, for whoever opens the link first, or for many who then ask. Of the link only a hash. */
export const invites = pgTable(
  "invites",
  {
    companyId: companyId().references(() => companies.id, { onDelete: "cascade" }),
    id: newId(),
    email: text("email"),
    role: memberRole("role").notNull(),
    /** Many may open it; each then asks to join. */
    isOpen: boolean("is_open").notNull().default(false),
    tokenHash: text("token_hash").notNull(),
    invitedByUserId: text("invited_by_user_id").notNull(),
    invitedByName: text("invited_by_name").notNull(),
    expiresAt: instant("expires_at").notNull(),
    sentAt: instant("sent_at"),
    sendProblem: text("send_problem"),
    acceptedAt: instant("accepted_at"),
    acceptedByUserId: text("accepted_by_user_id"),
    acceptedByName: text("accepted_by_name"),
    revokedAt: instant("revoked_at"),
    createdAt: createdAt(),
  },
  (t) => [primaryKey({ columns: [t.companyId, t.id] }), uniqueIndex("invites_token").on(t.tokenHash)],
);

/** People who opened an open link and ask to be let in. */
export const joinRequests = pgTable(
  "join_requests",
  {
    companyId: companyId(),
    id: newId(),
    inviteId: uuid("invite_id").notNull(),
    userId: text("user_id").notNull(),
    displayName: text("display_name").notNull(),
    email: text("email").notNull(),
    role: memberRole("role").notNull(),
    status: joinRequestStatus("status").notNull().default("pending"),
    decidedByUserId: text("decided_by_user_id"),
    decidedByName: text("decided_by_name"),
    decidedAt: instant("decided_at"),
    createdAt: createdAt(),
  },
  (t) => [
    primaryKey({ columns: [t.companyId, t.id] }),
    // By one link a person asks once: who was refused isn't asked about again.
    unique("join_requests_once").on(t.companyId, t.inviteId, t.userId),
    uniqueIndex("join_requests_pending").on(t.companyId, t.userId).where(sql`status = 'pending'`),
    foreignKey({
      columns: [t.companyId, t.inviteId],
      foreignColumns: [invites.companyId, invites.id],
      name: "join_requests_of_invite",
    }).onDelete("cascade"),
  ],
);

/** Command lines that wait to be let in by somebody who is signed in elsewhere; the system role's alone. */
export const cliChallenges = pgTable(
  "cli_challenges",
  {
    id: uuid("id").primaryKey().default(sql`uuidv7()`),
    userCode: text("user_code").notNull().unique(),
    secretHash: text("secret_hash").notNull(),
    clientName: text("client_name").notNull(),
    address: text("address"),
    scopes: text("scopes").array().notNull().default(sql`'{}'::text[]`),
    /** For how many days its key works. */
    keyDays: integer("key_days").notNull(),
    status: cliChallengeStatus("status").notNull().default("pending"),
    userId: text("user_id").references(() => users.id, { onDelete: "cascade" }),
    expiresAt: instant("expires_at").notNull(),
    createdAt: createdAt(),
  },
  (t) => [index("cli_challenges_expiry").on(t.expiresAt)],
);
