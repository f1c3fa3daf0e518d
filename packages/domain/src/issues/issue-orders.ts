import { schema } from "@boardroom/db";
import { asc, desc, type SQL, sql } from "drizzle-orm";
import type { InputOf } from "../input.ts";
import { olderThan } from "../older-than.ts";
import { cursorForms, readCursor } from "../paging.ts";

const { issues } = schema;

type Sort = NonNullable<InputOf<"issues.list">["sort"]>;
interface Row {
  id: string;
  priority: string;
  updatedKey: string | null;
}

interface Order {
  by: SQL[];
  /** What a cursor of this order leaves to show. */
  after: (cursor: string | undefined) => SQL | undefined;
  keyOf: (last: Row) => string[];
}

/** Microseconds, as a row's own time reads only to the millisecond. */
export const updatedKey = sql<string>`(extract(epoch from ${issues.updatedAt}) * 1000000)::bigint::text`;

/** How a list of issues may be sorted; the newest of equals comes first. */
export const issueOrders: Record<Sort, Order> = {
  newest: {
    by: [desc(issues.id)],
    after: (cursor) => olderThan(issues.id, cursor),
    keyOf: ({ id }) => [id],
  },
  updated: {
    by: [desc(issues.updatedAt), desc(issues.id)],
    after: (cursor) => {
      const [at, id] = readCursor(cursor, [/^[0-9]{1,17}$/, cursorForms.id]) ?? [];
      if (!at || !id) return undefined;
      return sql`(${issues.updatedAt}, ${issues.id}) < ('epoch'::timestamptz + ${at}::bigint * interval '1 microsecond', ${id}::uuid)`;
    },
    keyOf: ({ updatedKey, id }) => [updatedKey ?? "0", id],
  },
  priority: {
    by: [asc(issues.priority), desc(issues.id)],
    after: (cursor) => {
      const [priority, id] = readCursor(cursor, [/^(critical|high|medium|low)$/, cursorForms.id]) ?? [];
      if (!priority || !id) return undefined;
      return sql`(${issues.priority} > ${priority}::issue_priority or (${issues.priority} = ${priority}::issue_priority and ${issues.id} < ${id}::uuid))`;
    },
    keyOf: ({ priority, id }) => [priority, id],
  },
};
