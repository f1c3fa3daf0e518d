import { label as labelEntity } from "@boardroom/contract";
import { expect, it } from "vitest";
import { useDomainDatabase } from "../../test/domain-database.ts";
import { bulkUpdateIssues, createIssue, getIssue, updateIssue } from "../issues/index.ts";
import { createLabel, deleteLabel, listLabels, mergeLabel, updateLabel } from "./index.ts";

const db = useDomainDatabase();

it("makes a label whose name is unique in its company only", async () => {
  const [mine, other] = await Promise.all([db.newTenant(), db.newTenant()]);
  const input = { name: "urgent", color: "#ff0000" };
  const made = labelEntity.parse(await createLabel(mine.board, input));
  expect(made).toMatchObject(input);
  await createLabel(other.board, input);
  await expect(createLabel(mine.board, input)).rejects.toMatchObject({ code: "already_exists" });
  expect((await listLabels(mine.board, { limit: 10 })).items).toEqual([{ ...made, issueCount: 0 }]);
});

it("deletes a label and takes it off its issues, but not another company's", async () => {
  const [mine, other] = await Promise.all([db.newTenant(), db.newTenant()]);
  const { id } = await createLabel(mine.board, { name: "urgent", color: "#ff0000" });
  await db.owner.query(
    `with i as (insert into issues (company_id, identifier, issue_number, title) values ($1, 'X-1', 1, 'Work') returning *)
     insert into issue_labels (company_id, issue_id, label_id) select company_id, id, $2 from i`,
    [mine.companyId, id],
  );
  await expect(deleteLabel(other.board, { id })).rejects.toMatchObject({ code: "not_found" });
  await deleteLabel(mine.board, { id });
  const { rows } = await db.owner.query("select 1 from issue_labels where company_id = $1", [mine.companyId]);
  expect(rows).toEqual([]);
});

it("renames a label, and merges one into another with all its issues", async () => {
  const { board } = await db.newTenant();
  const bug = await createLabel(board, { name: "bug", color: "#ff0000" });
  const defect = await createLabel(board, { name: "defect", color: "#00ff00" });
  const both = await createIssue(board, { title: "Both", labelIds: [bug.id, defect.id] });
  const one = await createIssue(board, { title: "One", labelIds: [defect.id] });
  expect(await updateLabel(board, { id: bug.id, name: "Bug" })).toMatchObject({ name: "Bug", color: "#ff0000" });
  await expect(updateLabel(board, { id: bug.id, name: "defect" })).rejects.toMatchObject({ code: "already_exists" });
  await expect(mergeLabel(board, { id: bug.id, intoLabelId: bug.id })).rejects.toMatchObject({
    code: "invalid_reference",
  });
  expect(await mergeLabel(board, { id: defect.id, intoLabelId: bug.id })).toMatchObject({ id: bug.id });
  expect((await listLabels(board, { limit: 10 })).items).toEqual([
    expect.objectContaining({ name: "Bug", issueCount: 2 }),
  ]);
  for (const { id } of [both, one]) expect((await getIssue(board, { id })).labelIds).toEqual([bug.id]);
});

it("changes many issues alike, each by its own rules, and none when one isn't there", async () => {
  const [{ board }, other] = await Promise.all([db.newTenant(), db.newTenant()]);
  const bug = await createLabel(board, { name: "bug", color: "#ff0000" });
  const old = await createLabel(board, { name: "old", color: "#ff0000" });
  const open = await createIssue(board, { title: "Open", labelIds: [old.id] });
  const done = await createIssue(board, { title: "Done", status: "in_progress" });
  await updateIssue(board, { id: done.id, status: "done" });
  const theirs = await createIssue(other.board, { title: "Theirs" });
  const ids = [open.id, done.id];
  const unknown = bulkUpdateIssues(board, {
    ids: [...ids, theirs.id],
    set: { addLabelIds: [bug.id], priority: "high" },
  });
  await expect(unknown).rejects.toMatchObject({ code: "invalid_reference" });
  expect((await getIssue(board, { id: open.id })).labelIds).toEqual([old.id]);
  const results = await bulkUpdateIssues(board, {
    ids,
    set: { status: "in_review", addLabelIds: [bug.id], removeLabelIds: [old.id] },
  });
  expect(results).toEqual([
    expect.objectContaining({ id: open.id }),
    { id: done.id, changed: false, error: { code: "invalid_transition", message: expect.any(String) } },
  ]);
  for (const id of ids) expect((await getIssue(board, { id })).labelIds).toEqual([bug.id]);
  expect(await bulkUpdateIssues(board, { ids, set: { priority: "critical" } })).toEqual(
    ids.map((id) => ({ id, changed: true, error: null })),
  );
});
