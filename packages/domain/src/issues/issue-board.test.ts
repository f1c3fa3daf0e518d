import { type Issue, issueColumn } from "@boardroom/contract";
import { describe, expect, it } from "vitest";
import { type Tenant, useDomainDatabase } from "../../test/domain-database.ts";
import { createLabel } from "../labels/index.ts";
import { createIssue, listIssues, readIssueBoard, updateIssue } from "./index.ts";

const db = useDomainDatabase();

/** Five issues, the oldest first: their titles say how urgent they are. */
async function addFive({ board }: Tenant): Promise<Issue[]> {
  const five: Issue[] = [];
  for (const [at, priority] of (["low", "high", "medium", "high", "critical"] as const).entries())
    five.push(await createIssue(board, { title: `${priority} ${at}`, priority }));
  return five;
}

/** The titles of all pages of two. */
async function readPages({ board }: Tenant, sort: "newest" | "updated" | "priority"): Promise<string[]> {
  const titles: string[] = [];
  let cursor: string | undefined;
  do {
    const page = await listIssues(board, { limit: 2, sort, cursor });
    titles.push(...page.items.map(({ title }) => title));
    cursor = page.nextCursor ?? undefined;
  } while (cursor !== undefined);
  return titles;
}

describe("a sorted list", () => {
  it("pages by age, by the last change and by urgency, each issue once", async () => {
    const tenant = await db.newTenant();
    const [oldest, second] = await addFive(tenant);
    if (!oldest || !second) throw new Error("There are five");
    expect(await readPages(tenant, "newest")).toEqual(["critical 4", "high 3", "medium 2", "high 1", "low 0"]);
    expect(await readPages(tenant, "priority")).toEqual(["critical 4", "high 3", "high 1", "medium 2", "low 0"]);
    await updateIssue(tenant.board, { id: oldest.id, billingCode: "a" });
    // Several of one moment, as after a change of many.
    await db.owner.query("update issues set updated_at = $2 where company_id = $1 and title <> 'low 0'", [
      tenant.companyId,
      "2026-01-01T00:00:00.123456Z",
    ]);
    expect(await readPages(tenant, "updated")).toEqual(["low 0", "critical 4", "high 3", "medium 2", "high 1"]);
  });

  it("refuses a cursor of another order", async () => {
    const tenant = await db.newTenant();
    await addFive(tenant);
    const { nextCursor } = await listIssues(tenant.board, { limit: 2, sort: "priority" });
    await expect(
      listIssues(tenant.board, { limit: 2, sort: "updated", cursor: nextCursor ?? undefined }),
    ).rejects.toMatchObject({ code: "invalid_request" });
  });
});

describe("the board of a company", () => {
  it("has a column for each state that issues are in, in one request, with the first issues and how many there are", async () => {
    const tenant = await db.newTenant();
    const [first] = await addFive(tenant);
    if (!first) throw new Error("There are five");
    await updateIssue(tenant.board, { id: first.id, status: "in_progress" });
    let columns: unknown;
    const requests = await db.countRequests(async () => {
      columns = await readIssueBoard(tenant.board, { limit: 2, sort: "priority" });
    });
    expect(requests).toBe(1);
    const read = issueColumn.array().parse(columns);
    expect(read.map(({ status, count, issues }) => [status, count, ...issues.map(({ title }) => title)])).toEqual([
      ["todo", 4, "critical 4", "high 3"],
      ["in_progress", 1, "low 0"],
    ]);
  });

  it("counts what the filters leave, and never another company's", async () => {
    const [tenant, other] = await Promise.all([db.newTenant(), db.newTenant()]);
    await addFive(other);
    const label = await createLabel(tenant.board, { name: "shop", color: "#123456" });
    await createIssue(tenant.board, { title: "Carries it", labelIds: [label.id] });
    await createIssue(tenant.board, { title: "Carries none" });
    const columns = await readIssueBoard(tenant.board, { limit: 5, labelId: label.id, q: "carries" });
    expect(columns.flatMap(({ count, issues }) => [count, ...issues.map(({ title }) => title)])).toEqual([
      1,
      "Carries it",
    ]);
  });
});
