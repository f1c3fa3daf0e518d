import type pg from "pg";

/** Indexes that don't start with the company, each with its reason. */
const globalIndexes: Record<string, string> = {
  agent_keys_hash: "authentication finds the company by the key",
  invites_token: "an invite's link finds its company",
  runner_codes_hash: "a device finds the company by the code that it was given",
  memberships_user: "authentication finds a person's companies",
  company_schedules_due: "the tick takes companies in turns",
  heartbeat_runs_queued: "the tick sweeps queued runs over all companies",
  heartbeat_runs_lease: "the reaper finds expired leases over all companies",
  heartbeat_runs_unaccounted: "the tick finds ended runs of which nobody said what they cost",
  budget_incidents_over: "the tick finds stops whose window is over",
  heartbeat_runs_log: "the tick finds logs that are to move to object storage",
  routine_triggers_due: "the tick finds due triggers over all companies",
  routine_triggers_public: "a webhook finds its company by the trigger's public id",
  issue_interactions_expiring: "the tick finds questions that nobody answered in time",
  activity_log_recent: "the sealer finds companies in which something happened lately",
  company_data_keys_master: "the tick finds what an older master key wrapped",
  agent_webhook_secrets_master: "the tick finds what an older master key sealed",
  routine_trigger_secrets_master: "the tick finds what an older master key sealed",
  secret_versions_destroy: "the tick destroys values whose time has come",
  attachment_objects_orphans: "the tick finds objects that belong to nothing any more",
  approvals_since: "the tick finds what began to wait lately",
  approvals_escalated: "the tick finds what was escalated lately",
  approvals_in_grace: "the tick finds what can't be undone any more",
  tool_approvals_since: "the tick finds what began to wait lately",
  budget_incidents_since: "the tick finds what began to wait lately",
  issue_interactions_since: "the tick finds what began to wait lately",
  issue_review_stages_since: "the tick finds what began to wait lately",
  issues_blocked_since: "the tick finds what began to wait lately",
  notifications_pending: "the tick finds what is due to be sent",
  notifications_sending: "the tick finds what its sender left",
  webhook_endpoint_secrets_master: "the tick finds what an older master key sealed",
  webhook_endpoints_unchecked: "the tick finds addresses that nobody looked at for a while",
  webhook_deliveries_due: "the tick finds what is due to be told",
  issues_stranded: "the tick finds work that nobody carries on",
};

/**
 * Walks pg_catalog and answers one sentence for each table with a `company_id` that stands outside the four walls:
 * nullable tenant, key or index or foreign key that doesn't start with it, row level security not forced, no tenant policy.
 */
export async function findTenancyGaps(client: Pick<pg.Client, "query">): Promise<string[]> {
  const { rows } = await client.query<{ gap: string; index_name: string | null }>(gapsQuery);
  return rows.filter((row) => !row.index_name || !(row.index_name in globalIndexes)).map((row) => row.gap);
}

const gapsQuery = `
with tenant_tables as (
  select c.oid, c.relname, c.relrowsecurity, c.relforcerowsecurity, a.attnum, a.attnotnull
  from pg_class c
  join pg_attribute a on a.attrelid = c.oid and a.attname = 'company_id' and not a.attisdropped
  where c.relkind in ('r', 'p') and c.relnamespace = 'public'::regnamespace
)
select relname || ': company_id may be null' as gap, null as index_name from tenant_tables where not attnotnull
union all
select relname || ': row level security is not forced', null from tenant_tables
where not (relrowsecurity and relforcerowsecurity)
union all
select t.relname || ': no policy for boardroom_app compares company_id', null from tenant_tables t
where not exists (
  select 1 from pg_policy p where p.polrelid = t.oid
    and (select oid from pg_roles where rolname = 'boardroom_app') = any (p.polroles)
    and pg_get_expr(p.polqual, p.polrelid) like '%company_id = %boardroom_company%'
    and pg_get_expr(p.polwithcheck, p.polrelid) like '%company_id = %boardroom_company%')
union all
select t.relname || ': no primary key', null from tenant_tables t
where not exists (select 1 from pg_index i where i.indrelid = t.oid and i.indisprimary)
union all
select t.relname || ': index ' || i.indexrelid::regclass || ' does not start with company_id', i.indexrelid::regclass::text
from tenant_tables t join pg_index i on i.indrelid = t.oid where i.indkey[0] <> t.attnum
union all
select t.relname || ': foreign key ' || k.conname || ' does not carry company_id', null
from tenant_tables t join pg_constraint k on k.conrelid = t.oid and k.contype = 'f'
where not t.attnum = any (k.conkey)
union all
select t.relname || ': ' || r.rolname || ' is owner or bypasses row level security', null
from tenant_tables t join pg_class c on c.oid = t.oid
join pg_roles r on r.rolname in ('boardroom_app', 'boardroom_system') and (r.oid = c.relowner or r.rolbypassrls or r.rolsuper)
order by 1`;
