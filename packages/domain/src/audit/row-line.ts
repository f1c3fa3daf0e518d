import { type SQL, sql } from "drizzle-orm";

/**
 * A row of the activity log, over the alias `a`, as one line of JSON: what is hashed, what an export holds and what the verifier
 * hashes again, byte for byte. jsonb writes its keys and numbers in one way, so the same row is always the same line.
 */
export const rowLine: SQL = sql`jsonb_build_object('type', 'row', 'cursor', a.xid || '.' || a.seq, 'id', a.id, 'companyId', a.company_id,
  'actorType', a.actor_type, 'actorId', a.actor_id, 'actorName', a.actor_name, 'action', a.action, 'entityType', a.entity_type,
  'entityId', a.entity_id, 'agentId', a.agent_id, 'runId', a.run_id, 'details', a.details,
  'createdAt', to_char(a.created_at at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'))::text`;

/** SHA-256 of that line, in hex. */
export const rowHash: SQL = sql`encode(sha256(convert_to(${rowLine}, 'UTF8')), 'hex')`;

/** Below the oldest transaction that is still open no row can appear any more. */
export const isSettled: SQL = sql`a.xid < (pg_snapshot_xmin(pg_current_snapshot())::text::bigint)`;
