import type { ActorType } from "@boardroom/contract";
import { BoardroomError } from "@boardroom/contract/errors";
import { SQL, sql } from "drizzle-orm";
import type { PgTable } from "drizzle-orm/pg-core";
import type { Surrounding, TenantConnection } from "./connection.ts";
import { violatesUnique } from "./errors.ts";
import { mapRow, type Row } from "./row.ts";

/** Who changes something, as the audit log names them. */
export interface AuditActor {
  type: ActorType;
  id: string;
  name: string | null;
  agentId: string | null;
  runId: string | null;
}

/** A creating call that may be repeated: the same key answers the first result again. */
export interface Idempotency {
  key: string;
  operation: string;
  bodyHash: string;
}

export interface WriteScope {
  db: TenantConnection;
  actor: AuditActor;
  idempotency: Idempotency | null;
  /** Called after a statement went through, so that viewers learn of it. */
  committed(): void;
}

export interface ActivityEntry {
  /** The CTE whose rows are logged; no row, no entry. */
  from: string;
  /** `noun.verb_done`, as in `issue.checked_out`. */
  action: string | SQL;
  entityType: string | SQL;
  entityId: SQL;
  /** The agent it is about, when it isn't the acting one. */
  agentId?: SQL;
  /** The run it is about, when it isn't the acting one. */
  runId?: SQL;
  /** A jsonb expression over the CTE's columns. Never holds a secret. */
  details?: SQL;
}

export interface Mutation {
  /** Statements before it in the same transaction, in order: take the locks that the mutation's snapshot must come after. */
  before?: SQL | readonly SQL[];
  /** The guard, the change and what follows from it, as named CTEs in order. */
  with: Record<string, SQL>;
  /** The audit rows. The first entry's CTE is the change: without a row in it nothing happened. */
  activity: readonly [ActivityEntry, ...ActivityEntry[]];
  /** What the statement answers, selected from the CTEs. */
  select: SQL;
  /** A change after it in the same transaction, for what one statement can't do twice to a row. */
  after?: Mutation;
}

/**
 * Runs a change with its audit rows, and remembers its answer under the idempotency key, as one statement in one request.
 * `replayed` tells that the answer is the first call's.
 * @throws BoardroomError idempotency_mismatch when the key was used for something else
 */
export async function mutate<T extends PgTable, Extra extends object = object>(
  scope: WriteScope,
  table: T,
  mutation: Mutation,
): Promise<{ rows: Row<T, Extra>[]; replayed: boolean }> {
  try {
    const statement = compose(scope, mutation);
    const rows = await scope.db.rows<T, Extra & Changed>(table, statement, around(scope, mutation));
    // What the first call made may stand against the repeated one: then the first answer is the answer.
    const earlier = rows[0]?.changedSomething ? null : await readRemembered(scope);
    if (earlier) return { rows: [mapRow(table, earlier)], replayed: true };
    for (const row of rows) Reflect.deleteProperty(row, "changedSomething");
    scope.committed();
    return { rows, replayed: false };
  } catch (error) {
    // A repeated creation may meet the first one's own unique name before it meets its key.
    const earlier = violatesUnique(error) ? await readRemembered(scope) : null;
    if (!earlier) throw error;
    return { rows: [mapRow(table, earlier)], replayed: true };
  }
}

/** Comes along while an idempotency key is at stake. */
interface Changed {
  changedSomething?: boolean;
}

/** What stands around the statement in its transaction; a change after it is not remembered, its answer not shown. */
function around(scope: WriteScope, { before, after }: Mutation): Surrounding {
  const locks = before instanceof SQL ? [before] : (before ?? []);
  return { before: locks, after: after ? [compose({ ...scope, idempotency: null }, after)] : [] };
}

/** The statement of a mutation: its CTEs, the audit rows, the remembered answer, the answer. */
export function compose(
  scope: Omit<WriteScope, "db" | "committed"> & { db: { companyId: string } },
  mutation: Mutation,
): SQL {
  const { companyId } = scope.db;
  const parts = Object.entries(mutation.with).map(([name, body]) => sql`${sql.identifier(name)} as (${body})`);
  // PostgreSQL runs changes that nothing reads from the last to the first; the log is to tell them in their order.
  parts.push(...mutation.activity.map((entry, index) => logged(companyId, scope.actor, entry, index)).reverse());
  parts.push(sql`result as (${mutation.select})`);
  if (!scope.idempotency) return sql`with ${sql.join(parts, sql`, `)} select * from result`;
  const change = sql`exists (select 1 from ${sql.identifier(mutation.activity[0].from)})`;
  parts.push(remembered(companyId, scope.actor, scope.idempotency, change));
  return sql`with ${sql.join(parts, sql`, `)} select *, ${change} as changed_something from result`;
}

function logged(companyId: string, actor: AuditActor, entry: ActivityEntry, index: number): SQL {
  const action = typeof entry.action === "string" ? sql`${entry.action}::text` : entry.action;
  return sql`${sql.identifier(`logged_${index}`)} as (
    insert into activity_log (company_id, actor_type, actor_id, actor_name, action, entity_type, entity_id, agent_id, run_id, details)
    select ${companyId}::uuid, ${actor.type}::actor_type, ${actor.id}::text, ${actor.name}::text, ${action}, ${entry.entityType}::text,
      (${entry.entityId})::text, ${entry.agentId ?? sql`${actor.agentId}::uuid`}, ${entry.runId ?? sql`${actor.runId}::uuid`},
      ${entry.details ?? sql`null::jsonb`}
    from ${sql.identifier(entry.from)})`;
}

function remembered(companyId: string, actor: AuditActor, wanted: Idempotency, change: SQL): SQL {
  return sql`remembered_answer as (
    insert into idempotency_keys (company_id, actor_id, key, operation, body_hash, response)
    select ${companyId}::uuid, ${actor.id}::text, ${wanted.key}::text, ${wanted.operation}::text, ${wanted.bodyHash}::text,
      to_jsonb(answered) from result answered where ${change} limit 1)`;
}

/** The answer of the first call with this key, where there was one. */
async function readRemembered({ db, actor, idempotency }: WriteScope): Promise<Record<string, unknown> | null> {
  if (!idempotency) return null;
  const [stored] = await db.raw<{ operation: string; body_hash: string; response: Record<string, unknown> }>(
    sql`select operation, body_hash, response from idempotency_keys
      where company_id = ${db.companyId}::uuid and actor_id = ${actor.id} and key = ${idempotency.key}`,
  );
  if (!stored) return null;
  if (stored.operation !== idempotency.operation || stored.body_hash !== idempotency.bodyHash) {
    throw new BoardroomError("idempotency_mismatch", "This idempotency key was already used for another request.");
  }
  return stored.response;
}
