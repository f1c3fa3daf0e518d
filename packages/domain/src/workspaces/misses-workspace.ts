import type { ExecutionWorkspaceSettings } from "@boardroom/contract";
import { type SQL, sql } from "drizzle-orm";
import type { Ctx } from "../context.ts";

/** Whether the settings of an issue name a workspace that the company doesn't have. */
export function missesWorkspace({ db }: Pick<Ctx, "db">, settings: ExecutionWorkspaceSettings | null | undefined): SQL {
  const id = settings?.executionWorkspaceId;
  if (id === undefined) return sql`false`;
  return sql`not exists (select 1 from execution_workspaces e where e.company_id = ${db.companyId}::uuid and e.id = ${id}::uuid)`;
}
