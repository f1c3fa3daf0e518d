import type { IssueAtTime } from "@boardroom/contract";
import { schema } from "@boardroom/db";
import { sql } from "drizzle-orm";
import type { Ctx } from "../context.ts";
import { found } from "../found.ts";
import type { InputOf } from "../input.ts";
import { issueWhere, storedLabelIds } from "../issues/internal.ts";
import { type LoggedChange, rewindIssue } from "./rewind-issue.ts";

interface Extras {
  labelIds: string[];
  blockedByIssueIds: string[];
  wasCreated: boolean;
  changesSince: LoggedChange[] | null;
}

/** How many entries are taken back at most; an issue that changed more often since is shown as inexact. */
const maxChanges = 5000;

/** An issue as it was at a past moment: as it is now, less what the activity log says was changed since. */
export async function readIssueAt(ctx: Ctx, { id: ref, time }: InputOf<"audit.issueAt">): Promise<IssueAtTime> {
  const { companyId } = ctx.db;
  const [row] = await ctx.db.rows<typeof schema.issues, Extras>(
    schema.issues,
    sql`select i.*, ${storedLabelIds("i")} as label_ids, i.created_at <= ${time}::timestamptz as was_created,
        array(select k.blocked_by_issue_id from issue_blockers k
          where k.company_id = i.company_id and k.issue_id = i.id order by 1) as blocked_by_issue_ids, (
          select jsonb_agg(jsonb_build_object('action', l.action, 'details', l.details) order by l.xid desc, l.seq desc) from (
            select * from activity_log a
            where a.company_id = i.company_id and a.entity_type = 'issue' and a.entity_id = i.id::text
              and a.created_at > ${time}::timestamptz and (a.details ? 'changes' or a.action = 'issue.blockers_changed')
            order by a.xid desc, a.seq desc limit ${maxChanges}) l) as changes_since
      from issues i where ${issueWhere(companyId, ref, "i")}`,
  );
  const issue = found(row, "issue");
  const changes = issue.changesSince ?? [];
  const base = { issueId: issue.id, at: time, changesSince: changes.length };
  if (!issue.wasCreated) return { ...base, exists: false, isExact: true, state: null, inexactFields: [] };
  const { state, inexactFields } = rewindIssue(issue, changes);
  const isExact = inexactFields.length === 0 && changes.length < maxChanges;
  return { ...base, exists: true, isExact, state, inexactFields };
}
