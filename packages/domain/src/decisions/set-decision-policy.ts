import type { DecisionPolicy } from "@boardroom/contract";
import { mutate, schema } from "@boardroom/db";
import { sql } from "drizzle-orm";
import type { Ctx } from "../context.ts";
import { found } from "../found.ts";
import type { InputOf } from "../input.ts";

/** Says who decides approvals of a type, and how. It holds for those that wait, too. */
export async function setDecisionPolicy(ctx: Ctx, input: InputOf<"decisionPolicies.set">): Promise<DecisionPolicy> {
  const { companyId } = ctx.db;
  const { rows } = await mutate<typeof schema.decisionPolicies, { eligibleMembers: number }>(
    ctx,
    schema.decisionPolicies,
    {
      with: {
        set_policy: sql`
          insert into decision_policies (company_id, type, quorum, minimum_role, grace_seconds, escalate_after_sec, expires_after_sec)
          values (${companyId}::uuid, ${input.type}::approval_type, ${input.quorum}::int, ${input.minimumRole}::member_role,
            ${input.graceSeconds}::int, ${input.escalateAfterSec}::int, ${input.expiresAfterSec}::int)
          on conflict (company_id, type) do update set quorum = excluded.quorum, minimum_role = excluded.minimum_role,
            grace_seconds = excluded.grace_seconds, escalate_after_sec = excluded.escalate_after_sec,
            expires_after_sec = excluded.expires_after_sec, updated_at = now()
          returning *`,
      },
      activity: [
        {
          from: "set_policy",
          action: "decision_policy.set",
          entityType: "decision_policy",
          entityId: sql`type`,
          details: sql`jsonb_build_object('quorum', quorum, 'minimumRole', minimum_role, 'graceSeconds', grace_seconds,
            'escalateAfterSec', escalate_after_sec, 'expiresAfterSec', expires_after_sec)`,
        },
      ],
      select: sql`
        select set_policy.*, (select count(*)::int from memberships m
          where m.company_id = set_policy.company_id and m.role <= set_policy.minimum_role) as eligible_members
        from set_policy`,
    },
  );
  return { ...found(rows[0], "policy"), isDefault: false };
}
