import {
  archiveCompany,
  createProject,
  createRoutine,
  createRoutineTrigger,
  deleteRoutineTrigger,
  getRoutine,
  listRoutineRevisions,
  listRoutineRuns,
  listRoutines,
  previewRoutine,
  restoreRoutineRevision,
  rotateTriggerSecret,
  runRoutine,
  terminateAgent,
  updateRoutine,
  updateRoutineTrigger,
} from "@boardroom/domain";
import { describe, expect, it } from "vitest";
import { useDomainDatabase } from "../../test/domain-database.ts";
import { givenRoutine, givenSchedule } from "../../test/given-routine.ts";
import { addAgent, addRun } from "../../test/working-agents.ts";

const db = useDomainDatabase();
const page = { limit: 50 };
const noId = "01890000-0000-7000-8000-000000000000";

/** What the log says about a routine, oldest first. */
const logOf = async (companyId: string, id: string) => {
  const { rows } = await db.owner.query(
    "select action, actor_name as by, details from activity_log where company_id = $1 and entity_id = $2 order by xid, seq",
    [companyId, id],
  );
  return rows;
};

describe("a routine", () => {
  it("has defaults, its maker, and no trigger at first", async () => {
    const { board, id, agent, ownerId, companyId } = await givenRoutine(db);
    expect(await getRoutine(board, { id })).toMatchObject({
      title: "Weekly report",
      status: "active",
      priority: "medium",
      concurrencyPolicy: "coalesce_if_active",
      catchUpPolicy: "skip_missed",
      variables: [],
      assigneeAgentId: agent.id,
      createdByUserId: ownerId,
      createdByAgentId: null,
      revisionNumber: 1,
      triggers: [],
      nextRunAt: null,
      lastRun: null,
    });
    expect(await logOf(companyId, id)).toMatchObject([{ action: "routine.created", by: "Olga Owner" }]);
  });

  it("shows the next five runs of a schedule in its time zone, and the soonest of all", async () => {
    const given = await givenRoutine(db);
    const { board, id } = given;
    await givenSchedule(db, given, { cronExpression: "0 9 1 1 *" });
    const weekly = await createRoutineTrigger(board, {
      id,
      kind: "schedule",
      cronExpression: "30 8 * * 1",
      timezone: "Europe/Berlin",
    });
    expect(weekly.secretMaterial).toBeNull();
    const shown = await getRoutine(board, { id });
    expect(shown.triggers[1]).toEqual(weekly.trigger);
    expect(weekly.trigger.nextRuns).toHaveLength(5);
    const local = new Intl.DateTimeFormat("en-GB", {
      timeZone: "Europe/Berlin",
      weekday: "short",
      hour: "2-digit",
      minute: "2-digit",
    });
    for (const slot of weekly.trigger.nextRuns) expect(local.format(new Date(slot))).toBe("Mon 08:30");
    const all = shown.triggers.map(({ nextRunAt }) => nextRunAt).sort();
    expect(shown.nextRunAt).toBe(all[0]);
  });

  it("has no next run while it or the trigger rests", async () => {
    const given = await givenRoutine(db);
    const { board, id } = given;
    const triggerId = await givenSchedule(db, given, {});
    expect((await getRoutine(board, { id })).nextRunAt).not.toBeNull();
    expect((await updateRoutine(board, { id, status: "paused" })).nextRunAt).toBeNull();
    expect((await updateRoutine(board, { id, status: "active" })).nextRunAt).not.toBeNull();
    expect(await updateRoutineTrigger(board, { id: triggerId, enabled: false })).toMatchObject({
      enabled: false,
      nextRunAt: null,
      nextRuns: [],
    });
    expect((await getRoutine(board, { id })).nextRunAt).toBeNull();
  });

  it("stands in the list, newest first, archived only when asked for", async () => {
    const { board, id, agent } = await givenRoutine(db);
    const other = await createRoutine(board, { title: "Other" });
    const archived = await createRoutine(board, { title: "Old", status: "archived" });
    const ids = async (query: object) =>
      (await listRoutines(board, { ...page, ...query })).items.map((each) => each.id);
    expect(await ids({})).toEqual([other.id, id]);
    expect(await ids({ status: "archived" })).toEqual([archived.id]);
    expect(await ids({ assigneeAgentId: agent.id })).toEqual([id]);
    const first = await listRoutines(board, { limit: 1 });
    expect(first.items.map((each) => each.id)).toEqual([other.id]);
    expect(await ids({ limit: 1, cursor: first.nextCursor ?? "" })).toEqual([id]);
  });

  it("is another company's business only there", async () => {
    const { id } = await givenRoutine(db);
    const { board } = await givenRoutine(db);
    const notFound = { code: "not_found" };
    await expect(getRoutine(board, { id })).rejects.toMatchObject(notFound);
    await expect(updateRoutine(board, { id, title: "Mine" })).rejects.toMatchObject(notFound);
    await expect(runRoutine(board, { id })).rejects.toMatchObject(notFound);
    await expect(listRoutineRuns(board, { id, ...page })).rejects.toMatchObject(notFound);
    await expect(listRoutineRevisions(board, { id, ...page })).rejects.toMatchObject(notFound);
    await expect(createRoutineTrigger(board, { id, kind: "api" })).rejects.toMatchObject(notFound);
    const preview = { cronExpression: "0 9 * * *", timezone: "UTC", routineId: id };
    await expect(previewRoutine(board, preview)).rejects.toMatchObject(notFound);
  });

  it("refuses an assignee, project or goal that isn't there, and one that was let go", async () => {
    const { board, id, companyId } = await givenRoutine(db);
    const unknown = { code: "invalid_reference" };
    await expect(createRoutine(board, { title: "x", assigneeAgentId: noId })).rejects.toMatchObject(unknown);
    await expect(createRoutine(board, { title: "x", projectId: noId })).rejects.toMatchObject(unknown);
    await expect(updateRoutine(board, { id, assigneeAgentId: noId })).rejects.toMatchObject(unknown);
    await expect(updateRoutine(board, { id, goalId: noId })).rejects.toMatchObject(unknown);
    const gone = await addAgent(db.owner, companyId);
    await terminateAgent(board, { id: gone.id });
    const unusable = { code: "unusable_reference" };
    await expect(createRoutine(board, { title: "x", assigneeAgentId: gone.id })).rejects.toMatchObject(unusable);
    await expect(updateRoutine(board, { id, assigneeAgentId: gone.id })).rejects.toMatchObject(unusable);
    await archiveCompany(board);
    await expect(createRoutine(board, { title: "x" })).rejects.toMatchObject({ code: "company_not_active" });
  });

  it("is read, changed and fired in one request each", async () => {
    const given = await givenRoutine(db);
    const { board, id } = given;
    const trigger = { id: await givenSchedule(db, given, {}) };
    const [revisionId = ""] = await renamed(given);
    const preview = { cronExpression: "0 9 * * *", timezone: "UTC", routineId: id };
    const works = [
      () => createRoutine(board, { title: "x" }),
      () => listRoutines(board, page),
      () => getRoutine(board, { id }),
      () => updateRoutine(board, { id, title: "y" }),
      () => listRoutineRuns(board, { id, ...page }),
      () => listRoutineRevisions(board, { id, ...page }),
      () => restoreRoutineRevision(board, { id, revisionId }),
      () => previewRoutine(board, preview),
      () => runRoutine(board, { id }),
      () => createRoutineTrigger(board, { id, kind: "webhook" }),
      () => updateRoutineTrigger(board, { ...trigger, label: "x" }),
      () => deleteRoutineTrigger(board, trigger),
    ];
    for (const work of works) expect(await db.countRequests(work), String(work)).toBe(1);
  });
});

/** Renames a routine and answers the ids of its revisions, newest first. */
async function renamed({ board, id }: Awaited<ReturnType<typeof givenRoutine>>, title = "Renamed"): Promise<string[]> {
  await updateRoutine(board, { id, title });
  return (await listRoutineRevisions(board, { id, ...page })).items.map((revision) => revision.id);
}

describe("a revision", () => {
  it("keeps the version before each change, with who replaced it", async () => {
    const given = await givenRoutine(db, { description: "First" });
    const { board, id, tenant } = given;
    const olaf = await tenant.member("operator", "Olaf");
    const variables = [{ name: "topic", description: null, required: true, default: null }];
    await updateRoutine(board, { id, description: "Second", variables });
    expect(await updateRoutine(olaf, { id, status: "paused", description: null })).toMatchObject({ revisionNumber: 3 });
    const { items } = await listRoutineRevisions(board, { id, ...page });
    expect(items).toMatchObject([
      {
        revisionNumber: 2,
        replacedByName: "Olaf",
        replacedByUserId: olaf.actor.id,
        snapshot: { title: "Weekly report", description: "Second", status: "active", variables },
      },
      { revisionNumber: 1, replacedByName: "Olga Owner", snapshot: { description: "First", variables: [] } },
    ]);
  });

  it("is not made by a change that changes nothing, which isn't logged either", async () => {
    const { board, id, companyId } = await givenRoutine(db, { description: "First" });
    const same = await updateRoutine(board, { id, title: "Weekly report", description: "First", status: "active" });
    expect(same).toMatchObject({ title: "Weekly report", revisionNumber: 1 });
    expect(await updateRoutine(board, { id })).toMatchObject({ revisionNumber: 1 });
    expect((await listRoutineRevisions(board, { id, ...page })).items).toEqual([]);
    expect(await logOf(companyId, id)).toHaveLength(1);
  });

  it("is restored whole but for the status, and keeps what it replaces", async () => {
    const given = await givenRoutine(db, { description: "First", priority: "high" });
    const { board, id, companyId } = given;
    const project = await createProject(board, { name: "P" });
    const variables = [{ name: "topic", description: "About", required: true, default: "x" }];
    const changes = { projectId: project.id, assigneeAgentId: null, concurrencyPolicy: "skip_if_active" } as const;
    await updateRoutine(board, { id, description: "Second", priority: "low", variables, ...changes });
    const [first] = (await listRoutineRevisions(board, { id, ...page })).items;
    await updateRoutine(board, { id, status: "paused" });
    const restored = await restoreRoutineRevision(board, { id, revisionId: first?.id ?? "" });
    expect(restored).toMatchObject({ ...first?.snapshot, status: "paused", revisionNumber: 4 });
    const { items } = await listRoutineRevisions(board, { id, ...page });
    expect(items[0]?.snapshot).toMatchObject({ description: "Second", variables, ...changes });
    expect((await logOf(companyId, id)).at(-1)).toMatchObject({ action: "routine.restored" });
    await expect(restoreRoutineRevision(board, { id, revisionId: noId })).rejects.toMatchObject({ code: "not_found" });
  });

  it("is not restored to an assignee that was let go", async () => {
    const given = await givenRoutine(db);
    const { board, id, agent } = given;
    await updateRoutine(board, { id, assigneeAgentId: null });
    const [first] = (await listRoutineRevisions(board, { id, ...page })).items;
    await terminateAgent(board, { id: agent.id });
    const restoring = restoreRoutineRevision(board, { id, revisionId: first?.id ?? "" });
    await expect(restoring).rejects.toMatchObject({ code: "unusable_reference" });
  });

  it("has a number of its own also when ten change the routine at once", async () => {
    const { board, id } = await givenRoutine(db);
    await Promise.all(Array.from({ length: 10 }, (_, index) => updateRoutine(board, { id, title: `Title ${index}` })));
    const { items } = await listRoutineRevisions(board, { id, ...page });
    expect(items.map(({ revisionNumber }) => revisionNumber)).toEqual([10, 9, 8, 7, 6, 5, 4, 3, 2, 1]);
    expect(new Set(items.map(({ snapshot }) => snapshot.title)).size).toBe(10);
  });
});

describe("an agent", () => {
  it("sets up routines for itself, and only for itself", async () => {
    const { tenant, agent, companyId } = await givenRoutine(db);
    const mine = await createRoutine(tenant.asAgent(agent), { title: "Mine" });
    expect(mine).toMatchObject({ assigneeAgentId: agent.id, createdByAgentId: agent.id, createdByUserId: null });
    const other = await addAgent(db.owner, companyId);
    for (const assigneeAgentId of [other.id, null]) {
      const draft = { title: "Theirs", assigneeAgentId };
      await expect(createRoutine(tenant.asAgent(agent), draft)).rejects.toMatchObject({ code: "forbidden" });
    }
  });

  it("changes neither what is another's, nor hands its own to another", async () => {
    const given = await givenRoutine(db);
    const { tenant, agent, companyId, id, board } = given;
    const triggerId = await givenSchedule(db, given, {});
    const other = await addAgent(db.owner, companyId);
    const stranger = tenant.asAgent(other);
    const forbidden = { code: "forbidden" };
    const [revisionId = ""] = await renamed(given);
    await expect(updateRoutine(stranger, { id, title: "x" })).rejects.toMatchObject(forbidden);
    await expect(updateRoutine(stranger, { id, assigneeAgentId: other.id })).rejects.toMatchObject(forbidden);
    await expect(restoreRoutineRevision(stranger, { id, revisionId })).rejects.toMatchObject(forbidden);
    await expect(runRoutine(stranger, { id })).rejects.toMatchObject(forbidden);
    await expect(createRoutineTrigger(stranger, { id, kind: "api" })).rejects.toMatchObject(forbidden);
    await expect(updateRoutineTrigger(stranger, { id: triggerId, label: "x" })).rejects.toMatchObject(forbidden);
    await expect(deleteRoutineTrigger(stranger, { id: triggerId })).rejects.toMatchObject(forbidden);
    const own = tenant.asAgent(agent);
    await expect(updateRoutine(own, { id, assigneeAgentId: other.id })).rejects.toMatchObject(forbidden);
    expect(await updateRoutine(own, { id, title: "Mine" })).toMatchObject({ title: "Mine" });
    // What was another's before isn't taken back by restoring it.
    await updateRoutine(board, { id, assigneeAgentId: other.id });
    await updateRoutine(board, { id, assigneeAgentId: agent.id });
    const [theirs] = (await listRoutineRevisions(board, { id, ...page })).items;
    expect(theirs?.snapshot.assigneeAgentId).toBe(other.id);
    await expect(restoreRoutineRevision(own, { id, revisionId: theirs?.id ?? "" })).rejects.toMatchObject(forbidden);
  });

  it("changes nothing from within a run whose lease is gone", async () => {
    const given = await givenRoutine(db);
    const { tenant, agent, companyId, id } = given;
    const triggerId = await givenSchedule(db, given, {});
    const run = await addRun(db.owner, companyId, agent);
    const late = tenant.asRun(agent, { ...run, fence: run.fence - 1 });
    const lost = { code: "lease_lost" };
    await expect(createRoutine(late, { title: "x" })).rejects.toMatchObject(lost);
    await expect(updateRoutine(late, { id, title: "x" })).rejects.toMatchObject(lost);
    await expect(runRoutine(late, { id })).rejects.toMatchObject(lost);
    await expect(createRoutineTrigger(late, { id, kind: "api" })).rejects.toMatchObject(lost);
    await expect(updateRoutineTrigger(late, { id: triggerId, label: "x" })).rejects.toMatchObject(lost);
    expect(await getRoutine(tenant.board, { id })).toMatchObject({ title: "Weekly report", lastRun: null });
  });
});

describe("a trigger", () => {
  it("of a webhook has an address and a secret that is shown once and sealed at rest", async () => {
    const { board, id } = await givenRoutine(db);
    const { trigger, secretMaterial } = await createRoutineTrigger(board, {
      id,
      kind: "webhook",
      signingMode: "hmac_sha256",
    });
    expect(secretMaterial?.webhookSecret).toMatch(/^whsec_/);
    expect(secretMaterial?.webhookUrl).toBe(trigger.webhookUrl);
    expect(trigger).toMatchObject({ signingMode: "hmac_sha256", replayWindowSec: 300, secretRotatedAt: null });
    const secret = secretMaterial?.webhookSecret ?? "";
    const rotated = await rotateTriggerSecret(board, { id: trigger.id });
    expect(rotated.trigger.secretRotatedAt).not.toBeNull();
    expect(rotated.secretMaterial?.webhookSecret).toMatch(/^whsec_/);
    expect(rotated.secretMaterial?.webhookSecret).not.toBe(secret);
    expect(JSON.stringify(await getRoutine(board, { id }))).not.toContain("whsec_");
    for (const table of ["routine_triggers", "routine_trigger_secrets", "activity_log", "idempotency_keys"]) {
      const { rows } = await db.owner.query(`select t::text as row from ${table} t where t::text like '%whsec_%'`);
      expect(rows, table).toEqual([]);
    }
  });

  it("is made once under one idempotency key, its secret shown the first time only", async () => {
    const { board, id } = await givenRoutine(db);
    const idempotency = { key: "k", operation: "routines.createTrigger", bodyHash: "h" };
    const first = await createRoutineTrigger({ ...board, idempotency }, { id, kind: "webhook" });
    const again = await createRoutineTrigger({ ...board, idempotency }, { id, kind: "webhook" });
    expect(again.trigger.id).toBe(first.trigger.id);
    expect(first.secretMaterial).not.toBeNull();
    expect(again.secretMaterial).toBeNull();
    expect((await getRoutine(board, { id })).triggers).toHaveLength(1);
  });

  it.each([
    ["a schedule without an expression", { kind: "schedule" }],
    ["a schedule that never fires", { kind: "schedule", cronExpression: "0 0 31 2 *" }],
    ["a schedule with seconds", { kind: "schedule", cronExpression: "0 0 9 * * *" }],
    ["a schedule on Mars", { kind: "schedule", cronExpression: "0 9 * * *", timezone: "Mars/Phobos" }],
    ["a schedule that is signed", { kind: "schedule", cronExpression: "0 9 * * *", signingMode: "bearer" }],
    ["a webhook with an expression", { kind: "webhook", cronExpression: "0 9 * * *" }],
    ["an API trigger with a time zone", { kind: "api", timezone: "UTC" }],
    ["an API trigger with a window", { kind: "api", replayWindowSec: 60 }],
  ] as const)("is not made of %s", async (_, body) => {
    const { board, id } = await givenRoutine(db);
    await expect(createRoutineTrigger(board, { id, ...body })).rejects.toMatchObject({ code: "invalid_request" });
    expect((await getRoutine(board, { id })).triggers).toEqual([]);
  });

  it("changes within its kind, a schedule with its next runs", async () => {
    const given = await givenRoutine(db);
    const { board, id, companyId } = given;
    const schedule = { id: await givenSchedule(db, given, {}) };
    const changed = await updateRoutineTrigger(board, { ...schedule, cronExpression: "0  9 * * *", label: "Mornings" });
    expect(changed).toMatchObject({ cronExpression: "0 9 * * *", timezone: "UTC", label: "Mornings" });
    expect(changed.nextRunAt).toMatch(/T09:00:00/);
    expect(await updateRoutineTrigger(board, { ...schedule, timezone: "Asia/Tokyo" })).toMatchObject({
      nextRunAt: expect.stringMatching(/T00:00:00/),
    });
    const { trigger: webhook } = await createRoutineTrigger(board, { id, kind: "webhook" });
    const signed = { signingMode: "github_hmac", replayWindowSec: 60 } as const;
    expect(await updateRoutineTrigger(board, { id: webhook.id, ...signed })).toMatchObject(signed);
    const invalid = { code: "invalid_request" };
    await expect(updateRoutineTrigger(board, { id: webhook.id, timezone: "UTC" })).rejects.toMatchObject(invalid);
    await expect(updateRoutineTrigger(board, { ...schedule, signingMode: "bearer" })).rejects.toMatchObject(invalid);
    await expect(updateRoutineTrigger(board, { ...schedule, cronExpression: "x" })).rejects.toMatchObject(invalid);
    await expect(updateRoutineTrigger(board, { ...schedule, timezone: "x" })).rejects.toMatchObject(invalid);
    await expect(rotateTriggerSecret(board, schedule)).rejects.toMatchObject(invalid);
    await deleteRoutineTrigger(board, schedule);
    expect((await getRoutine(board, { id })).triggers.map((trigger) => trigger.id)).toEqual([webhook.id]);
    await expect(deleteRoutineTrigger(board, schedule)).rejects.toMatchObject({ code: "not_found" });
    const logged = await logOf(companyId, id);
    const { title } = await getRoutine(board, { id });
    expect(new Set(logged.map(({ details }) => details.title))).toEqual(new Set([title]));
    expect(logged.map(({ action }) => action)).toEqual([
      "routine.created",
      "routine.trigger_created",
      "routine.trigger_updated",
      "routine.trigger_updated",
      "routine.trigger_created",
      "routine.trigger_updated",
      "routine.trigger_deleted",
    ]);
  });

  it("is one of twenty at most, also when many are made at once, and none of an archived routine", async () => {
    const { board, id } = await givenRoutine(db);
    const made = await Promise.allSettled(
      Array.from({ length: 24 }, () => createRoutineTrigger(board, { id, kind: "api" })),
    );
    expect(made.filter(({ status }) => status === "fulfilled")).toHaveLength(20);
    const refused = made.filter((each) => each.status === "rejected").map(({ reason }) => reason.code);
    expect(refused).toEqual(["conflict", "conflict", "conflict", "conflict"]);
    const archived = await createRoutine(board, { title: "Old", status: "archived" });
    const late = createRoutineTrigger(board, { id: archived.id, kind: "api" });
    await expect(late).rejects.toMatchObject({ code: "conflict" });
  });
});

describe("a preview", () => {
  it("shows the next five runs and refuses what is no schedule", async () => {
    const { board } = await givenRoutine(db);
    const preview = await previewRoutine(board, { cronExpression: "0 0 1 1 *", timezone: "UTC" });
    const year = new Date().getUTCFullYear();
    expect(preview.nextRuns).toEqual([1, 2, 3, 4, 5].map((next) => `${year + next}-01-01T00:00:00.000Z`));
    expect(preview).toMatchObject({ medianCostCents: null, expectedMonthlyCostCents: null });
    const bad = previewRoutine(board, { cronExpression: "61 * * * *", timezone: "UTC" });
    await expect(bad).rejects.toMatchObject({
      code: "invalid_request",
      message: expect.stringContaining("minute: 61"),
    });
  });

  it("tells the cost of a month by the median of what earlier issues cost, each with all its runs", async () => {
    const { board, id, agent, companyId } = await givenRoutine(db, { concurrencyPolicy: "always_enqueue" });
    const costs = [[10, 5], [100], [1, 2, 3], []];
    for (const runs of costs) {
      const { linkedIssueId } = await runRoutine(board, { id });
      for (const cents of runs) {
        const run = await addRun(db.owner, companyId, agent, { status: "succeeded", issueId: linkedIssueId });
        await db.owner.query("update heartbeat_runs set cost_cents = $2 where id = $1", [run.id, cents]);
      }
      await db.owner.query("update issues set status = 'done' where id = $1", [linkedIssueId]);
      await db.owner.query("update heartbeat_runs set status = 'cancelled' where issue_id = $1 and status = 'queued'", [
        linkedIssueId,
      ]);
      if (runs.length > 0) {
        await db.owner.query("delete from heartbeat_runs where issue_id = $1 and status = 'cancelled'", [
          linkedIssueId,
        ]);
      }
    }
    const preview = await previewRoutine(board, { cronExpression: "0 9 * * *", timezone: "UTC", routineId: id });
    expect(preview).toMatchObject({ runsPerMonth: 30, medianCostCents: 10.5, expectedMonthlyCostCents: 315 });
  });
});
