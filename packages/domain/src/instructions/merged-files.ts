import { entryFile } from "@boardroom/contract";
import { type SQL, sql } from "drizzle-orm";

interface FileChange {
  path: string;
  /** Null deletes it. */
  content: string | null;
}

/** The files of the CTE `target` with changes on top, the entry file first; paths that differ only in case are the same. */
export function mergedFiles(changes: readonly FileChange[]): SQL {
  return sql`
    with given as (select c ->> 'path' as path, c ->> 'content' as content from jsonb_array_elements(${JSON.stringify(changes)}::jsonb) c),
    merged as (
      select f ->> 'path' as path, f ->> 'content' as content from target t, jsonb_array_elements(t.files) f
      where lower(f ->> 'path') not in (select lower(path) from given)
      union all select path, content from given where content is not null)
    select coalesce(jsonb_agg(jsonb_build_object('path', path, 'content', content)
        order by path <> ${entryFile}::text, path collate "C"), '[]'::jsonb) as files,
      coalesce(sum(length(content)), 0)::int as chars, coalesce(bool_or(path = ${entryFile}::text), false) as has_entry
    from merged`;
}
