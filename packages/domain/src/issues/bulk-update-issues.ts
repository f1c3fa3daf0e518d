import { BoardroomError, type OperationOutput, type Operations } from "@boardroom/contract";
import { mutate, schema } from "@boardroom/db";
import { sql } from "drizzle-orm";
import { idArray } from "../column-values.ts";
import type { Ctx } from "../context.ts";
import type { InputOf } from "../input.ts";
import { storedLabelIds } from "./internal.ts";
import { updateIssue } from "./update-issue.ts";

type Answer = OperationOutput<Operations["issues.bulk"]>;
/** The database takes so many of them at a time, beside everything else that it does. */
const atOnce = 4;

/**
 * Changes many issues alike, each by the same rules as alone and for itself: what one of them refuses doesn't keep the others.
 * One request for all labels, and one for each issue where more is to change.
 * @throws BoardroomError invalid_reference when an issue or a label isn't there; then nothing has changed
 */
export async function bulkUpdateIssues(ctx: Ctx, { ids: asked, set }: InputOf<"issues.bulk">): Promise<Answer> {
  const { addLabelIds, removeLabelIds, ...fields } = set;
  const ids = [...new Set(asked)];
  const labelled = await changeLabels(ctx, ids, addLabelIds ?? [], removeLabelIds ?? []);
  if (Object.keys(fields).length === 0) return ids.map((id) => ({ id, changed: labelled.has(id), error: null }));
  const results = new Map<string, Answer[number]>();
  const waiting = [...ids];
  const work = async () => {
    for (let id = waiting.shift(); id !== undefined; id = waiting.shift())
      results.set(id, await changeOne(ctx, id, fields));
  };
  await Promise.all(Array.from({ length: atOnce }, work));
  return ids.flatMap((id) => results.get(id) ?? []);
}

async function changeOne(ctx: Ctx, id: string, fields: object): Promise<Answer[number]> {
  try {
    await updateIssue({ ...ctx, idempotency: null }, { id, ...fields });
    return { id, changed: true, error: null };
  } catch (error) {
    if (!(error instanceof BoardroomError)) throw error;
    return { id, changed: false, error: { code: error.code, message: error.message } };
  }
}

interface Judged {
  missing: number;
  changedIds: string[] | null;
}

/** Puts labels on all of the issues and takes others off, where they exist at all. */
async function changeLabels(ctx: Ctx, ids: string[], add: string[], remove: string[]): Promise<Set<string>> {
  const { companyId } = ctx.db;
  const { rows } = await mutate<typeof schema.issues, Judged>(ctx, schema.issues, {
    with: {
      wanted: sql`
        select i.*, ${storedLabelIds("i")} as had from issues i
        where i.company_id = ${companyId}::uuid and i.id = any(${idArray(ids)}) order by i.id for update`,
      known: sql`select id from labels where company_id = ${companyId}::uuid and id = any(${idArray([...add, ...remove])})`,
      judged: sql`
        select ${ids.length}::int - (select count(*)::int from wanted)
          + ${new Set([...add, ...remove]).size}::int - (select count(*)::int from known) as missing`,
      planned: sql`
        select w.*, array(select distinct x from unnest(w.had || ${idArray(add)}) x where x <> all(${idArray(remove)}) order by 1) as has
        from wanted w, judged j where j.missing = 0`,
      put: sql`
        insert into issue_labels (company_id, issue_id, label_id)
        select ${companyId}::uuid, p.id, x from planned p, unnest(p.has) x on conflict do nothing`,
      taken: sql`
        delete from issue_labels l using planned p
        where l.company_id = ${companyId}::uuid and l.issue_id = p.id and l.label_id = any(${idArray(remove)})`,
      labelled: sql`
        update issues i set updated_at = now() from planned p
        where i.company_id = ${companyId}::uuid and i.id = p.id and p.had <> p.has returning i.id, i.identifier, i.title, i.status, p.had, p.has`,
    },
    activity: [
      {
        from: "labelled",
        action: "issue.updated",
        entityType: "issue",
        entityId: sql`id`,
        details: sql`jsonb_build_object('identifier', identifier, 'title', title, 'status', status,
          'changes', jsonb_build_object('labelIds', jsonb_build_object('from', to_jsonb(had), 'to', to_jsonb(has))))`,
      },
    ],
    select: sql`select missing, (select array_agg(id) from labelled) as changed_ids from judged`,
  });
  if (rows[0]?.missing !== 0)
    throw new BoardroomError("invalid_reference", "One of these issues or labels isn't there.");
  return new Set(rows[0].changedIds ?? []);
}
