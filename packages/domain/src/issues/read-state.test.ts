import { expect, it } from "vitest";
import { useDomainDatabase } from "../../test/domain-database.ts";
import { addAgent } from "../../test/working-agents.ts";
import { addComment, createIssue, getIssue, listIssues, markIssueRead, markIssueUnread, updateIssue } from "./index.ts";

const db = useDomainDatabase();

it("an issue is unread for each person until they read it: made, commented or ended by somebody else", async () => {
  const tenant = await db.newTenant();
  const ada = await addAgent(db.owner, tenant.companyId);
  const pat = await tenant.member("viewer", "Pat");
  const { board } = tenant;
  const { id } = await createIssue(board, { title: "News" });
  const unreadBy = async (ctx: typeof board) => (await listIssues(ctx, { limit: 10 })).items[0]?.isUnread;
  expect([await unreadBy(board), await unreadBy(pat)]).toEqual([false, true]);
  expect((await markIssueRead(pat, { id })).issueId).toBe(id);
  expect(await unreadBy(pat)).toBe(false);

  await addComment(board, { id, body: "Mine" });
  expect([await unreadBy(board), await unreadBy(pat)]).toEqual([false, true]);
  await addComment(tenant.asAgent(ada), { id, body: "Done soon" });
  expect(await unreadBy(board)).toBe(true);
  await Promise.all([markIssueRead(board, { id }), markIssueRead(pat, { id })]);
  expect([await unreadBy(board), await unreadBy(pat)]).toEqual([false, false]);

  await updateIssue(board, { id, status: "cancelled" });
  expect(await unreadBy(pat)).toBe(true);
  await markIssueRead(pat, { id });
  expect((await getIssue(pat, { id })).lastReadAt).toMatch(/^\d{4}-.*Z$/);
  await markIssueUnread(pat, { id });
  expect([await unreadBy(pat), (await getIssue(pat, { id })).lastReadAt]).toEqual([true, null]);
  expect(await unreadBy(tenant.asAgent(ada))).toBe(false);
  await expect(markIssueRead((await db.newTenant()).board, { id })).rejects.toMatchObject({ code: "not_found" });
});

it("what was there before somebody came is not unread for them", async () => {
  const tenant = await db.newTenant();
  await createIssue(tenant.board, { title: "Old" });
  const late = await tenant.member("viewer", "Late");
  expect((await listIssues(late, { limit: 10 })).items.map(({ isUnread }) => isUnread)).toEqual([false]);
});
