import { BoardroomError, type Label } from "@boardroom/contract";
import { mutate, schema } from "@boardroom/db";
import { sql } from "drizzle-orm";
import type { Ctx } from "../context.ts";
import { found } from "../found.ts";
import type { InputOf } from "../input.ts";

/**
 * Puts another label on all issues of this one, and deletes this one; answers the other.
 * @throws BoardroomError invalid_reference when the other isn't there, or is the same
 */
export async function mergeLabel(ctx: Ctx, { id, intoLabelId }: InputOf<"labels.merge">): Promise<Label> {
  const { companyId } = ctx.db;
  const { rows } = await mutate<typeof schema.labels, { askedId: string | null }>(ctx, schema.labels, {
    with: {
      asked: sql`select * from labels where company_id = ${companyId}::uuid and id = ${id}::uuid`,
      kept: sql`
        select l.*, a.name as merged_name from labels l, asked a
        where l.company_id = ${companyId}::uuid and l.id = ${intoLabelId}::uuid and l.id <> a.id`,
      moved: sql`
        insert into issue_labels (company_id, issue_id, label_id)
        select i.company_id, i.issue_id, k.id from issue_labels i, kept k where i.company_id = ${companyId}::uuid and i.label_id = ${id}::uuid
        on conflict do nothing returning 1`,
      deleted: sql`
        delete from labels l using kept k where l.company_id = ${companyId}::uuid and l.id = ${id}::uuid returning l.id, k.id as kept_id, l.name, k.name as into_name`,
    },
    activity: [
      {
        from: "deleted",
        action: "label.merged",
        entityType: "label",
        entityId: sql`kept_id`,
        details: sql`jsonb_build_object('name', name, 'into', into_name, 'issues', (select count(*) from moved))`,
      },
    ],
    select: sql`select kept.*, asked.id as asked_id from asked left join kept on true`,
  });
  const kept = found(rows[0], "label");
  if (kept.id === null)
    throw new BoardroomError("invalid_reference", "The label to merge into isn't another one of this company.");
  return kept;
}
