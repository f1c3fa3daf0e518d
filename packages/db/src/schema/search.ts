import { customType, foreignKey, index, pgTable, primaryKey, text, uuid } from "drizzle-orm/pg-core";
import { companyId } from "../columns.ts";
import { issues } from "./issues.ts";

const words = customType<{ data: string }>({ dataType: () => "tsvector" });

/**
 * What search looks through, kept by triggers of the tables that it names. Of its own, so that work on an issue, which changes
 * its state again and again, touches no full-text index. `find_entries` reads it: under row level security no index of
 * words may be used, because their operators are not leakproof.
 */
export const searchEntries = pgTable(
  "search_entries",
  {
    companyId: companyId(),
    /** issue, comment, document, project, goal or agent. */
    entityType: text("entity_type").notNull(),
    entityId: uuid("entity_id").notNull(),
    /** The issue that it belongs to: itself, or that of a comment or document. */
    issueId: uuid("issue_id"),
    title: text("title").notNull(),
    words: words("words").notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.companyId, t.entityType, t.entityId] }),
    index("search_entries_words").using("gin", t.companyId, t.words),
    index("search_entries_title").using("gin", t.companyId, t.title.op("gin_trgm_ops")),
    index("search_entries_newest").on(t.companyId, t.entityId.desc()),
    index("search_entries_issue").on(t.companyId, t.issueId),
    foreignKey({
      columns: [t.companyId, t.issueId],
      foreignColumns: [issues.companyId, issues.id],
      name: "search_entries_of_issue",
    }).onDelete("cascade"),
  ],
);
