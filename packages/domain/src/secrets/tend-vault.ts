import type { Connection } from "@boardroom/db";
import { type SQL, sql } from "drizzle-orm";
import { webhookSecretContext } from "../heartbeat/webhook-secret-context.ts";
import type { SecretPort } from "../ports.ts";
import { triggerSecretContext } from "../routines/trigger-secret.ts";
import { endpointSecretContext } from "../webhooks/endpoint-secret.ts";
import { isHeldByRun } from "./held-by-run.ts";
import { dataKeyPlace } from "./places.ts";

const batchSize = 100;
const maxBatches = 10;

export interface VaultReport {
  /** Values whose time had come, and that no run has any more. */
  destroyed: number;
  /** What an older master key had sealed. */
  resealed: number;
}

/** What the tick does for secrets: destroys values, and seals anew what an older master key sealed, so that it can be removed. */
export async function tendVault(system: Connection, secrets: SecretPort): Promise<VaultReport> {
  return { destroyed: await destroyValues(system), resealed: await resealAll(system, secrets) };
}

/** Whether there is such work, for the look at what a tick has to do: the ends of a few indexes. */
export function valuesAreOld(masterKeyId: string): SQL {
  const looks = places.flatMap(({ table, column }) =>
    (["<", ">"] as const).map(
      (operator) => sql`exists (
        select 1 from ${sql.identifier(table)} where split_part(${sql.identifier(column)}, '.', 2) ${sql.raw(operator)} ${masterKeyId})`,
    ),
  );
  const due = sql`exists (select 1 from secret_versions v where v.destroy_at <= now() and v.sealed is not null)`;
  return sql.join([due, ...looks], sql` or `);
}

async function destroyValues(system: Connection): Promise<number> {
  const rows = await system.raw(sql`
    update secret_versions v set sealed = null
    where v.destroy_at <= now() and v.sealed is not null and not ${isHeldByRun("v")} returning 1`);
  return rows.length;
}

interface SealedRow {
  company_id: string;
  id: string;
  sealed: string;
}
interface Place {
  table: string;
  column: string;
  /** Together with the company the row's key. */
  id: string;
  context(row: SealedRow): string;
}

const places: readonly Place[] = [
  {
    table: "company_data_keys",
    column: "wrapped",
    id: "version",
    context: (row) => dataKeyPlace(row.company_id, Number(row.id)),
  },
  {
    table: "agent_webhook_secrets",
    column: "sealed",
    id: "id",
    context: (row) => webhookSecretContext(row.company_id),
  },
  {
    table: "routine_trigger_secrets",
    column: "sealed",
    id: "trigger_id",
    context: (row) => triggerSecretContext(row.company_id),
  },
  {
    table: "webhook_endpoint_secrets",
    column: "sealed",
    id: "id",
    context: (row) => endpointSecretContext(row.company_id),
  },
];

async function resealAll(system: Connection, secrets: SecretPort): Promise<number> {
  let resealed = 0;
  for (const place of places) {
    for (let batch = 0; batch < maxBatches; batch++) {
      const count = await resealBatch(system, secrets, place);
      resealed += count;
      if (count < batchSize) break;
    }
  }
  return resealed;
}

/** Reads what isn't sealed with the key of now, by its index, and replaces each row that is still as it was read. */
async function resealBatch(
  system: Connection,
  secrets: SecretPort,
  { table, column, id, context }: Place,
): Promise<number> {
  const [name, cell, key] = [sql.identifier(table), sql.identifier(column), sql.identifier(id)];
  const current = secrets.masterKeyId;
  const side = (operator: "<" | ">") => sql`
    (select company_id, ${key}::text as id, ${cell} as sealed from ${name}
     where split_part(${cell}, '.', 2) ${sql.raw(operator)} ${current} limit ${batchSize})`;
  const rows = await system.raw<SealedRow>(sql`${side("<")} union all ${side(">")} limit ${batchSize}`);
  const next = await Promise.all(
    rows.map(async (row) => ({ ...row, next: await secrets.reseal(row.sealed, context(row)).catch(() => null) })),
  );
  const known = next.filter((row) => row.next !== null);
  if (known.length === 0) return 0;
  await system.raw(sql`
    update ${name} t set ${cell} = n.next
    from jsonb_to_recordset(${JSON.stringify(known)}::jsonb) n (company_id uuid, id text, sealed text, next text)
    where t.company_id = n.company_id and t.${key}::text = n.id and t.${cell} = n.sealed`);
  return known.length;
}
