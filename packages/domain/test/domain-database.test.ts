import { sql } from "drizzle-orm";
import { expect, it } from "vitest";
import { useDomainDatabase } from "./domain-database.ts";

const db = useDomainDatabase();

it("gives each test its own company, seen only by itself", async () => {
  const [one, other] = await Promise.all([db.newTenant(), db.newTenant()]);
  for (const tenant of [one, other]) {
    const rows = await tenant.board.db.raw<{ id: string }>(sql`select id from companies`);
    expect(rows).toEqual([{ id: tenant.companyId }]);
  }
});

it("counts a read and a batch of reads as one request", async () => {
  const { board } = await db.newTenant();
  expect(await db.countRequests(() => board.db.raw(sql`select 1`))).toBe(1);
});

it("seals secrets to their place", async () => {
  const { ports } = await db.newTenant();
  const sealed = await ports.secrets.seal("plain", "here");
  expect(await ports.secrets.open(sealed, "here")).toBe("plain");
  await expect(ports.secrets.open(sealed, "there")).rejects.toThrow();
});
