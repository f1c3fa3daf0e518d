import { type SQL, sql } from "drizzle-orm";

/**
 * What the votes come to together with the one of the CTE `ballot`: `approved`, `rejected`, or null while more are needed. Only
 * votes of members count whose role still suffices; votes for different parts of a plan don't add up. Rejected is also what can't
 * be approved any more.
 */
export const tallyOf = (companyId: string): SQL => sql`
  select case
    when ballot.approves and counts.pro + 1 >= policy.quorum then 'approved'
    when not ballot.approves and (counts.con + 1 >= policy.quorum or counts.eligible - counts.con - 1 < policy.quorum) then 'rejected'
  end as verdict
  from policy left join ballot on true cross join lateral (
    select count(*) filter (where v.approves and v.selection is not distinct from ballot.selection) as pro,
      count(*) filter (where not v.approves) as con, count(*) + 1 as eligible
    from target join memberships m on m.company_id = target.company_id and m.role <= policy.minimum_role
    left join approval_votes v on v.company_id = target.company_id and v.approval_id = target.id and v.user_id = m.user_id
    where m.company_id = ${companyId}::uuid and m.user_id <> ballot.user_id
      and (policy.quorum = 1 or m.user_id is distinct from target.requested_by_user_id)) counts`;
