import type { InteractionListItem } from "@boardroom/contract";
import { schema } from "@boardroom/db";
import { and, desc, eq, getTableColumns } from "drizzle-orm";
import type { Ctx } from "../context.ts";
import type { InputOf } from "../input.ts";
import { olderThan } from "../older-than.ts";
import { type Page, pageOf } from "../paging.ts";

const { issueInteractions: interactions, issues, agents } = schema;

/** What was asked of the board on all issues of a company, newest first. */
export async function listCompanyInteractions(
  { db }: Ctx,
  { limit, cursor, status }: InputOf<"interactions.inCompany">,
): Promise<Page<InteractionListItem>> {
  const rows = await db.read(
    db.build
      .select({
        ...getTableColumns(interactions),
        issueIdentifier: issues.identifier,
        issueTitle: issues.title,
        createdByAgentName: agents.name,
      })
      .from(interactions)
      .innerJoin(issues, and(eq(issues.companyId, interactions.companyId), eq(issues.id, interactions.issueId)))
      .leftJoin(agents, and(eq(agents.companyId, interactions.companyId), eq(agents.id, interactions.createdByAgentId)))
      .where(
        and(
          eq(interactions.companyId, db.companyId),
          status ? eq(interactions.status, status) : undefined,
          olderThan(interactions.id, cursor),
        ),
      )
      .orderBy(desc(interactions.id))
      .limit(limit + 1),
  );
  return pageOf(rows, limit, (last) => [last.id]);
}
