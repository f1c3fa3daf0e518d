import { expect, it } from "vitest";
import { useMigratedDatabase } from "../test/migrated-database.ts";
import { findTenancyGaps } from "./catalog.ts";

const db = useMigratedDatabase();

/** The gaps while these statements hold; they are undone afterwards. */
async function gapsAfter(...statements: string[]): Promise<string[]> {
  await db.owner.query("begin");
  try {
    for (const statement of statements) await db.owner.query(statement);
    return await findTenancyGaps(db.owner);
  } finally {
    await db.owner.query("rollback");
  }
}
const things = "create table things (company_id uuid not null, id uuid not null, primary key (company_id, id))";
const protectThings = "select boardroom_protect('things')";

it("finds no gap in the migrated schema", async () => {
  expect(await findTenancyGaps(db.owner)).toEqual([]);
  const { rows } = await db.owner.query(
    "select count(*)::int as n from pg_attribute a join pg_class c on c.oid = a.attrelid where a.attname = 'company_id' and c.relkind = 'r'",
  );
  expect(rows[0].n).toBeGreaterThan(20);
});

it("is content with a table that keeps all rules", async () => {
  expect(await gapsAfter(things, protectThings)).toEqual([]);
});

it.each([
  [
    "a company that may be null",
    ["create table things (company_id uuid unique, id uuid, primary key (id))", protectThings],
    "things: company_id may be null",
  ],
  ["a table without row level security", [things], "things: row level security is not forced"],
  [
    "row level security that the owner passes by",
    [things, protectThings, "alter table things no force row level security"],
    "things: row level security is not forced",
  ],
  [
    "a table without a tenant policy",
    [things, "alter table things enable row level security, force row level security"],
    "things: no policy for boardroom_app compares company_id",
  ],
  [
    "a policy that lets every company in",
    [
      things,
      "alter table things enable row level security, force row level security",
      "create policy tenant on things to boardroom_app using (true) with check (true)",
    ],
    "things: no policy for boardroom_app compares company_id",
  ],
  [
    "a table without a primary key",
    ["create table things (company_id uuid not null)", protectThings],
    "things: no primary key",
  ],
  [
    "an index that doesn't start with the company",
    [things, protectThings, "create index things_id on things (id)"],
    "things: index things_id does not start with company_id",
  ],
  [
    "a primary key that doesn't start with the company",
    ["create table things (company_id uuid not null, id uuid primary key)", protectThings],
    "things: index things_pkey does not start with company_id",
  ],
  [
    "a foreign key across companies",
    [things, protectThings, "alter table things add parent uuid references users2 (id)"],
    "things: foreign key things_parent_fkey does not carry company_id",
  ],
  [
    "a table that the Worker's role owns",
    [
      things,
      protectThings,
      "grant create on schema public to boardroom_app",
      "alter table things owner to boardroom_app",
    ],
    "things: boardroom_app is owner or bypasses row level security",
  ],
])("finds %s", async (_, statements, gap) => {
  expect(await gapsAfter("create table users2 (id uuid primary key)", ...statements)).toContain(gap);
});
