import type { TestBoardroom } from "@boardroom/testing";

/** Every table that holds a company's rows, and how a row is known to be a company's. */
async function tenantTables(boardroom: TestBoardroom): Promise<{ name: string; column: string }[]> {
  const tables = await boardroom.ownerQuery<{ name: string }>(
    `select c.relname as name from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attname = 'company_id'
     where c.relkind = 'r' and c.relnamespace = 'public'::regnamespace order by 1`,
  );
  return [...tables.map(({ name }) => ({ name, column: "company_id" })), { name: "companies", column: "id" }];
}

/** What the minute's work writes by itself, whoever's test fires it. */
const byTheTick = ["audit_seals", "notifications"];
/** What Boardroom moves by itself in rows that come from calls: the place in the feed up to which an address was told. */
const movedByItself: Record<string, string[]> = { webhook_endpoints: ["xid", "seq", "checked_at"] };

/** Tables whose rows come from calls alone. */
async function calledTables(boardroom: TestBoardroom): Promise<{ name: string; column: string }[]> {
  return (await tenantTables(boardroom)).filter(({ name }) => !byTheTick.includes(name));
}

/** A fingerprint of all that a company's calls have stored, table by table. */
export async function fingerprint(boardroom: TestBoardroom, companyId: string): Promise<Record<string, string>> {
  const prints: Record<string, string> = {};
  for (const { name, column } of await calledTables(boardroom)) {
    const [row] = await boardroom.ownerQuery<{ print: string }>(
      `select count(*) || ':' || coalesce(md5(string_agg(t.row, '|' order by t.row)), '') as print
       from (select (to_jsonb(t) - $2::text[])::text as row from ${name} t where ${column} = $1) t`,
      [companyId, movedByItself[name] ?? []],
    );
    prints[name] = row?.print ?? "";
  }
  return prints;
}

/** The rows of a company that name one of these ids anywhere. */
export async function rowsNaming(
  boardroom: TestBoardroom,
  companyId: string,
  ids: readonly string[],
): Promise<string[]> {
  const found: string[] = [];
  for (const { name, column } of await tenantTables(boardroom)) {
    const rows = await boardroom.ownerQuery<{ row: string }>(
      `select t::text as row from ${name} t where ${column} = $1 and t::text ~ $2`,
      [companyId, ids.join("|")],
    );
    found.push(...rows.map(({ row }) => `${name}: ${row}`));
  }
  return found;
}
