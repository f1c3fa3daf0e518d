import { approvalTypes, type DecisionPolicy } from "@boardroom/contract";
import { type SQL, sql } from "drizzle-orm";
import { policyOf } from "../approvals/decision-parts.ts";
import type { Ctx } from "../context.ts";

/** Who decides approvals of each type, and how. */
export const listDecisionPolicies = ({ db }: Ctx): Promise<DecisionPolicy[]> =>
  db.raw<DecisionPolicy>(policiesQuery(db.companyId, approvalTypes));

/** The rules of some types, set or by default. */
export function policiesQuery(companyId: string, types: readonly string[]): SQL {
  return sql`
    select wanted.type, policy.quorum, policy.minimum_role as "minimumRole", policy.grace_seconds as "graceSeconds",
      policy.escalate_after_sec as "escalateAfterSec", policy.expires_after_sec as "expiresAfterSec",
      (select count(*)::int from memberships m where m.company_id = ${companyId}::uuid and m.role <= policy.minimum_role) as "eligibleMembers",
      not exists (select 1 from decision_policies p where p.company_id = ${companyId}::uuid and p.type = wanted.type) as "isDefault"
    from (select ${companyId}::uuid as company_id, t.type, t.place from unnest(${sql.param(types)}::approval_type[]) with ordinality t (type, place)) wanted
    cross join lateral (${policyOf("wanted")}) policy order by wanted.place`;
}
