import { activity as activityEntity } from "@boardroom/contract";
import { sql } from "drizzle-orm";
import { expect, it } from "vitest";
import { useDomainDatabase } from "../../test/domain-database.ts";
import { draftOf } from "../../test/drafts.ts";
import { hireAgent, pauseAgent } from "../agents/index.ts";
import { createGoal } from "../goals/index.ts";
import { createLabel } from "../labels/index.ts";
import { listActivity } from "./list-activity.ts";
import { listEntityActivity } from "./list-entity-activity.ts";

const db = useDomainDatabase();

async function busyTenant() {
  const tenant = await db.newTenant();
  const ada = await hireAgent(tenant.board, draftOf("Ada"));
  await createGoal(tenant.asAgent(ada), { title: "A" });
  await createLabel(tenant.board, { name: "l", color: "#000000" });
  await pauseAgent(tenant.board, { id: ada.id });
  return { ...tenant, ada };
}

it("filters by action, by a prefix of it, by entity, agent and run", async () => {
  const { board, ada } = await busyTenant();
  const actions = async (filter: object) => {
    const { items } = await listActivity(board, { limit: 50, ...filter });
    return activityEntity
      .array()
      .parse(items)
      .map(({ action }) => action);
  };
  expect(await actions({})).toEqual(["agent.paused", "label.created", "goal.created", "agent.hired"]);
  expect(await actions({ action: "agent." })).toEqual(["agent.paused", "agent.hired"]);
  expect(await actions({ action: "agent.hired" })).toEqual(["agent.hired"]);
  expect(await actions({ action: "agent" })).toEqual([]);
  expect(await actions({ action: "%." })).toEqual([]);
  expect(await actions({ entityType: "label" })).toEqual(["label.created"]);
  expect(await actions({ entityType: "agent", entityId: ada.id })).toEqual(["agent.paused", "agent.hired"]);
  expect(await actions({ agentId: ada.id })).toEqual(["agent.paused", "goal.created", "agent.hired"]);
  expect(await actions({ runId: ada.id })).toEqual([]);
});

it("pages through everything once, newest first, also rows of one transaction", async () => {
  const { board, companyId } = await db.newTenant();
  await db.owner.query(
    `insert into activity_log (company_id, actor_type, actor_id, action, entity_type, entity_id)
     select $1, 'system', 'system', 'test.done', 'test', n::text from generate_series(1, 7) n`,
    [companyId],
  );
  const seen: string[] = [];
  let cursor: string | undefined;
  do {
    const page = await listActivity(board, { limit: 3, cursor });
    seen.push(...page.items.map(({ entityId }) => entityId));
    cursor = page.nextCursor ?? undefined;
  } while (cursor);
  expect(seen).toEqual(["7", "6", "5", "4", "3", "2", "1"]);
});

it("tells what happened to one thing, and nothing to another company", async () => {
  const { board, ada } = await busyTenant();
  const { board: stranger } = await db.newTenant();
  const entity = { entityType: "agent", entityId: ada.id, limit: 10 };
  expect((await listEntityActivity(board, entity)).items.map(({ action }) => action)).toEqual([
    "agent.paused",
    "agent.hired",
  ]);
  expect((await listEntityActivity(stranger, entity)).items).toEqual([]);
  expect((await listActivity(stranger, { limit: 10 })).items).toEqual([]);
});

it("can't be rewritten by the role that the Worker has", async () => {
  const { companyId } = await busyTenant();
  const app = db.database.tenant(companyId, "test");
  await expect(app.raw(sql`update activity_log set action = 'x'`)).rejects.toThrow();
  await expect(app.raw(sql`delete from activity_log`)).rejects.toThrow();
});
