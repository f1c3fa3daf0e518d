import { BoardroomError, type OperationInput, type Operations, type WorkspaceOperation } from "@boardroom/contract";
import { type Mutation, mutate, type Row, schema } from "@boardroom/db";
import { type SQL, sql } from "drizzle-orm";
import type { Ctx } from "../context.ts";
import { found } from "../found.ts";
import { leaseLost } from "../heartbeat/executor.ts";
import { liveCaller, liveRunGuard } from "../heartbeat/live-run-guard.ts";
import { redact } from "../redaction/index.ts";
import { redactJson } from "../redaction/redact-json.ts";
import { type ProductDraft, putProducts } from "../work-products/put-products.ts";
import { runsBehind } from "./barrier.ts";
import { removeWorkspace } from "./remove-workspace.ts";

type Input = { id: string } & OperationInput<Operations["executionWorkspaces.report"]>["body"];
interface Extras {
  isLive: boolean;
  isOwn: boolean;
  freedRunIds: string[] | null;
}

/**
 * Keeps a step that a run's executor reports: prepare, execute, finalize. Each run has one of each; what ended stays as it
 * ended. A successful finalize lets the runs go that waited for this workspace; its products are shown on the issue.
 * @throws BoardroomError lease_lost for a run that no longer runs, conflict for one that works elsewhere
 */
export async function reportWorkspaceOperation(ctx: Ctx, input: Input): Promise<WorkspaceOperation> {
  const { actor, db } = ctx;
  const { companyId } = db;
  const { id, kind, fence, products = [] } = input;
  if (actor.kind === "runner") return reportCleanup(ctx, actor.id, input);
  if (actor.kind !== "run" || (fence !== undefined && fence !== actor.fence)) throw leaseLost();
  if (kind === "cleanup") throw new BoardroomError("conflict", "A workspace is removed by its runner, not by a run.");
  const { rows } = await mutate<typeof schema.workspaceOperations, Extras>(ctx, schema.workspaceOperations, {
    before: [
      liveCaller(ctx),
      sql`select 1 from execution_workspaces where company_id = ${companyId}::uuid and id = ${id}::uuid for no key update`,
    ],
    with: {
      target: sql`
        select e.*, ${liveRunGuard(ctx)} as is_live, exists (
            select 1 from heartbeat_runs r where r.company_id = e.company_id and r.id = ${actor.runId}::uuid and r.execution_workspace_id = e.id) as is_own,
          exists (select 1 from heartbeat_runs r where r.company_id = e.company_id and r.id <> ${actor.runId}::uuid
            and r.status = 'running' and r.execution_workspace_id = e.id) as is_shared
        from execution_workspaces e where e.company_id = ${companyId}::uuid and e.id = ${id}::uuid`,
      earlier: sql`
        select o.* from workspace_operations o, target t
        where o.company_id = t.company_id and o.run_id = ${actor.runId}::uuid and o.kind = ${kind}`,
      step: stepOf(input, actor.runId),
      workspace: sql`
        update execution_workspaces e set updated_at = now(), ${stateAfter(input)} from step, target t
        where e.company_id = step.company_id and e.id = step.execution_workspace_id returning e.*`,
      finalized: sql`select * from workspace where status = 'finalized'`,
      freed: runsBehind("finalized"),
      made: putProducts(
        ctx,
        sql`workspace e`,
        products.map((product) => withRef(product, actor.runId)),
      ),
      shown: sql`
        select issue_id, jsonb_agg(jsonb_build_object('kind', kind, 'title', title, 'ref', ref) order by id) as products from made where is_new group by issue_id`,
      noted: sql`
        insert into run_events (company_id, run_id, kind, message)
        select company_id, run_id, 'workspace', initcap(kind::text) || ' ' || status || coalesce(': ' || message, '.') from step where status <> 'running'`,
    },
    activity: history,
    select: sql`
      select answer.*, target.is_live, target.is_own, (select array_agg(id) from freed) as freed_run_ids
      from target left join (select * from step union all select * from earlier where not exists (select 1 from step)) answer on true`,
  });
  return answerOf(ctx, found(rows[0], "workspace"));
}

/** What the issue's history tells. */
const history: Mutation["activity"] = [
  {
    from: "step",
    action: sql`'issue.workspace_' || kind || case status when 'running' then '_started' else '_' || status end`,
    entityType: "issue",
    entityId: sql`(select t.issue_id from target t)`,
    details: sql`jsonb_build_object('executionWorkspaceId', execution_workspace_id, 'message', left(message, 500), 'branch', (select t.branch from target t),
          'identifier', (select i.identifier from target t join issues i on i.company_id = t.company_id and i.id = t.issue_id))`,
  },
  {
    from: "shown",
    action: "issue.work_products_added",
    entityType: "issue",
    entityId: sql`issue_id`,
    details: sql`jsonb_build_object('products', products)`,
  },
];

/** What a machine says by itself, beside all runs. */
function reportCleanup(ctx: Ctx, runnerId: string, { id, kind, status, message }: Input): Promise<WorkspaceOperation> {
  if (kind !== "cleanup" || status === "running") {
    throw new BoardroomError("conflict", "Beside its runs a runner reports the end of a cleanup only.");
  }
  return removeWorkspace(ctx, { id, runnerId, succeeded: status === "succeeded", message: message ?? null });
}

function answerOf(ctx: Ctx, row: Row<typeof schema.workspaceOperations, Extras>): WorkspaceOperation {
  if (!row.isLive) throw leaseLost();
  if (!row.isOwn) throw new BoardroomError("conflict", "This run works in another workspace.");
  ctx.ports.dispatch((row.freedRunIds ?? []).map((runId) => ({ companyId: ctx.db.companyId, runId })));
  return row;
}

/** A run has one diff, whether it says so or not. */
const withRef = (product: ProductDraft, runId: string): ProductDraft =>
  product.kind === "diff" && !product.ref ? { ...product, ref: runId } : product;

/** The row of the step: new, or the end of the one that runs. */
function stepOf({ id, kind, status, message, details }: Input, runId: string): SQL {
  const ended = status === "running" ? sql`null::timestamptz` : sql`now()`;
  return sql`
    insert into workspace_operations as o (company_id, execution_workspace_id, run_id, kind, status, message, details, finished_at)
    select t.company_id, ${id}::uuid, ${runId}::uuid, ${kind}::workspace_operation_kind, ${status}::workspace_operation_status,
      ${message ? redact(message) : null}::text, ${details ? JSON.stringify(redactJson(details)) : null}::jsonb, ${ended}
    from target t where t.is_live and t.is_own and not exists (select 1 from earlier e where e.status <> 'running' or ${status} = 'running')
    on conflict (company_id, run_id, kind) where run_id is not null do update set status = excluded.status,
      message = coalesce(excluded.message, o.message), details = coalesce(excluded.details, o.details), finished_at = excluded.finished_at
      where o.status = 'running'
    returning *`;
}

/** What the step makes of the workspace. While another run works in it, it is not finalized. */
function stateAfter({ kind, status, message, cwd, branch, baseRef }: Input): SQL {
  const place = sql`cwd = coalesce(${cwd ?? null}::text, e.cwd), branch = coalesce(${branch ?? null}::text, e.branch), base_ref = coalesce(${baseRef ?? null}::text, e.base_ref)`;
  const begun = kind === "prepare" ? sql`, finalized_at = null, removed_at = null` : sql``;
  const failed = sql`status = 'failed', error = ${redact(message ?? `The workspace could not be ${kind}d.`)}::text`;
  if (status === "failed" && kind !== "execute") return sql`${place}${begun}, ${failed}`;
  if (kind === "finalize") {
    if (status === "running") return sql`${place}, status = 'finalizing'`;
    return sql`${place}, status = case when t.is_shared then 'active' else 'finalized' end::execution_workspace_status, error = null,
      finalized_at = case when not t.is_shared then now() end`;
  }
  return status === "running" && kind === "prepare"
    ? sql`${place}${begun}, status = 'preparing'`
    : sql`${place}${begun}, status = 'active'`;
}
