import { label as labelEntity } from "@boardroom/contract";
import { expect, it } from "vitest";
import { useDomainDatabase } from "../../test/domain-database.ts";
import { createLabel, deleteLabel, listLabels } from "./index.ts";

const db = useDomainDatabase();

it("makes a label whose name is unique in its company only", async () => {
  const [mine, other] = await Promise.all([db.newTenant(), db.newTenant()]);
  const input = { name: "urgent", color: "#ff0000" };
  const made = labelEntity.parse(await createLabel(mine.board, input));
  expect(made).toMatchObject(input);
  await createLabel(other.board, input);
  await expect(createLabel(mine.board, input)).rejects.toMatchObject({ code: "already_exists" });
  expect((await listLabels(mine.board, { limit: 10 })).items).toEqual([made]);
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
