import { expect, it } from "vitest";
import { useDomainDatabase } from "../../test/domain-database.ts";
import { listActivity } from "../activity/index.ts";
import { createGoal, deleteGoal, getGoal, listGoals, updateGoal } from "./index.ts";

const db = useDomainDatabase();

it("writes a goal down in one request and logs it", async () => {
  const { board, companyId } = await db.newTenant();
  let made: Awaited<ReturnType<typeof createGoal>> | undefined;
  expect(
    await db.countRequests(async () => {
      made = await createGoal(board, { title: "Ship it" });
    }),
  ).toBe(1);
  expect(made).toMatchObject({ title: "Ship it", companyId, level: "company", status: "active", parentId: null });
  expect(made?.createdAt).toMatch(/^\d{4}-.*Z$/);
  const { items } = await listActivity(board, { limit: 10 });
  expect(items).toMatchObject([{ action: "goal.created", entityId: made?.id, actorName: "Olga Owner" }]);
  expect(items[0]?.cursor).toMatch(/^\d+\.\d+$/);
});

it("refuses a goal below itself, also when two moves at once would close the circle", async () => {
  const { board } = await db.newTenant();
  const top = await createGoal(board, { title: "Top" });
  const middle = await createGoal(board, { title: "Middle", parentId: top.id });
  const low = await createGoal(board, { title: "Low", parentId: middle.id });
  await expect(updateGoal(board, { id: top.id, parentId: low.id })).rejects.toMatchObject({
    code: "unusable_reference",
  });
  await expect(updateGoal(board, { id: top.id, parentId: top.id })).rejects.toMatchObject({
    code: "unusable_reference",
  });
  const [a, b] = await Promise.all([createGoal(board, { title: "A" }), createGoal(board, { title: "B" })]);
  const moves = await Promise.allSettled([
    updateGoal(board, { id: a.id, parentId: b.id }),
    updateGoal(board, { id: b.id, parentId: a.id }),
  ]);
  expect(moves.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
});

it("hides another company's goals and refuses them as parents", async () => {
  const [mine, other] = await Promise.all([db.newTenant(), db.newTenant()]);
  const foreign = await createGoal(other.board, { title: "Theirs" });
  const notFound = { code: "not_found" };
  await expect(getGoal(mine.board, foreign)).rejects.toMatchObject(notFound);
  await expect(updateGoal(mine.board, { id: foreign.id, title: "Mine now" })).rejects.toMatchObject(notFound);
  await expect(deleteGoal(mine.board, foreign)).rejects.toMatchObject(notFound);
  await expect(createGoal(mine.board, { title: "Below", parentId: foreign.id })).rejects.toMatchObject({
    code: "invalid_reference",
  });
  expect(await getGoal(other.board, foreign)).toEqual(foreign);
});

it("pages through all goals, newest first, each once", async () => {
  const { board } = await db.newTenant();
  const made: string[] = [];
  for (const title of ["1", "2", "3", "4", "5"]) made.unshift((await createGoal(board, { title })).id);
  const seen: string[] = [];
  let cursor: string | undefined;
  do {
    const page = await listGoals(board, { limit: 2, cursor });
    seen.push(...page.items.map(({ id }) => id));
    cursor = page.nextCursor ?? undefined;
  } while (cursor);
  expect(seen).toEqual(made);
  await expect(listGoals(board, { limit: 2, cursor: "nonsense" })).rejects.toMatchObject({ code: "invalid_request" });
});

it("changes what is given, clears what is null, and deletes only what nothing refers to", async () => {
  const { board } = await db.newTenant();
  const top = await createGoal(board, { title: "Top", description: "Why" });
  const low = await createGoal(board, { title: "Low", parentId: top.id });
  expect(await updateGoal(board, { id: top.id, description: null, status: "achieved" })).toMatchObject({
    title: "Top",
    description: null,
    status: "achieved",
  });
  await expect(deleteGoal(board, top)).rejects.toMatchObject({ code: "conflict" });
  await updateGoal(board, { id: low.id, parentId: null });
  await deleteGoal(board, top);
  expect((await listGoals(board, { limit: 10 })).items.map(({ id }) => id)).toEqual([low.id]);
});

it("answers the same goal to a retry with the same key and refuses the key for another body", async () => {
  const { board } = await db.newTenant();
  const once = { ...board, idempotency: { key: "k1", operation: "goals.create", bodyHash: "h1" } };
  const first = await createGoal(once, { title: "Once" });
  expect(await createGoal(once, { title: "Once" })).toEqual(first);
  const other = { ...once, idempotency: { ...once.idempotency, bodyHash: "h2" } };
  await expect(createGoal(other, { title: "Other" })).rejects.toMatchObject({ code: "idempotency_mismatch" });
  expect((await listGoals(board, { limit: 10 })).items).toHaveLength(1);
});
