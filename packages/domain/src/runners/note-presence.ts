import { mutate, type WriteScope } from "@boardroom/db/mutate";
import { runners } from "@boardroom/db/schema/runners";
import { sql } from "drizzle-orm";

/**
 * Writes down that a runner came, or that it has been gone for a while. One that comes back before that was never gone.
 * @returns false when it was revoked: it is not let in
 */
export async function notePresence(scope: WriteScope, runnerId: string, isHere: boolean): Promise<boolean> {
  const { companyId } = scope.db;
  const { rows } = await mutate<typeof runners>(scope, runners, {
    with: {
      target: sql`select * from runners where company_id = ${companyId}::uuid and id = ${runnerId}::uuid and status <> 'revoked' for update`,
      seen: sql`
        update runners m set last_seen_at = now(), connected_at = case when ${isHere}::boolean then coalesce(m.connected_at, now()) end
        from target where m.company_id = target.company_id and m.id = target.id returning m.*`,
      changed: sql`select seen.* from seen, target where (seen.connected_at is null) <> (target.connected_at is null)`,
    },
    activity: [
      {
        from: "changed",
        action: isHere ? "runner.connected" : "runner.disconnected",
        entityType: "runner",
        entityId: sql`id`,
        details: sql`jsonb_build_object('name', name)`,
      },
    ],
    select: sql`select * from seen`,
  });
  return rows.length > 0;
}
