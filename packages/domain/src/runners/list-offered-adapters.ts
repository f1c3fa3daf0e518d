import type { AdapterInfo, OfferedAdapter } from "@boardroom/contract";
import { sql } from "drizzle-orm";
import type { Ctx } from "../context.ts";

/** The kinds of agents that runners of the company offer beside those that are known everywhere; the latest word on each counts. */
export async function listOfferedAdapters({ db }: Ctx): Promise<OfferedAdapter[]> {
  const rows = await db.raw<{ offered: OfferedAdapter }>(sql`
    select distinct on (x.offered ->> 'type') x.offered from runners m
    cross join lateral jsonb_array_elements(m.adapters) as x(offered)
    where m.company_id = ${db.companyId}::uuid and m.status <> 'revoked'
    order by x.offered ->> 'type', m.updated_at desc limit 500`);
  return rows.map(({ offered }) => offered);
}

/** What the board is told of a kind that only some runner knows: it is configured by what that runner says of it. */
export const infoOfOffered = ({ type, label, models, configSchema }: OfferedAdapter): AdapterInfo => ({
  type,
  label: label ?? type,
  place: "runner",
  isExternal: true,
  models,
  configSchema: configSchema ?? { type: "object" },
  capabilities: {
    supportsLocalAgentJwt: true,
    supportsInstructionsBundle: false,
    instructionsPathKey: null,
    requiresMaterializedRuntimeSkills: false,
    supportsSkills: true,
    supportsSessions: true,
    supportsToolApprovals: true,
    supportsWorkspaces: true,
    reportsCost: true,
  },
});
