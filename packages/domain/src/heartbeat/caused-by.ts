import { type SQL, sql } from "drizzle-orm";

/** Who wrote the comment that a wake is about. Its payload may be a caller's own: what is no id there names nobody. */
export const commentAuthor = (companyId: SQL, payload: SQL) => sql<string | null>`(
  select c.author_name from comments c
  where c.company_id = ${companyId} and c.id = case
    when ${payload} ->> 'commentId' ~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' then (${payload} ->> 'commentId')::uuid end)`;
