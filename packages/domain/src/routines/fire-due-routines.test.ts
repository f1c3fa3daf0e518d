import {
  getRoutine,
  listIssues,
  listRoutineRuns,
  terminateAgent,
  tick,
  updateIssue,
  updateRoutine,
  updateRoutineTrigger,
} from "@boardroom/domain";
import { beforeEach, describe, expect, it } from "vitest";
import { useDomainDatabase } from "../../test/domain-database.ts";
import { fireDue, type GivenRoutine, givenRoutine, givenSchedule } from "../../test/given-routine.ts";

const db = useDomainDatabase();
const page = { limit: 200 };
const minuteMs = 60_000;

/** The schedules of earlier tests are over; and as slots are counted by minutes, none begins at the end of one. */
beforeEach(async () => {
  await db.owner.query("delete from routine_triggers");
  const left = await db.owner.query("select 60 - extract(second from now())::float8 as seconds");
  const { seconds } = left.rows[0];
  if (seconds < 12) await new Promise((resolve) => setTimeout(resolve, seconds * 1000));
});

const runsOf = async ({ board, id }: GivenRoutine) => (await listRoutineRuns(board, { id, ...page })).items;
const issuesOf = async ({ board }: GivenRoutine) => (await listIssues(board, page)).items;
const storedTrigger = async (id: string) =>
  (await db.owner.query("select next_run_at, is_slot, last_fired_at from routine_triggers where id = $1", [id]))
    .rows[0];

/** The database's time, whole minutes back from its current one. */
async function minutesAgo(minutes: number): Promise<Date> {
  const { rows } = await db.owner.query("select date_trunc('minute', now()) - make_interval(mins => $1) as at", [
    minutes,
  ]);
  return rows[0].at;
}

/** A routine whose schedule of every minute is at the slot so many minutes back. */
async function givenDue(minutes: number, fields: Parameters<typeof givenRoutine>[1] = {}) {
  const given = await givenRoutine(db, fields);
  const from = await minutesAgo(minutes);
  const triggerId = await givenSchedule(db, given, { from });
  return { given, triggerId, from };
}

describe("a slot that is due", () => {
  it("fires: an issue, a wake, an entry, and the next slot", async () => {
    const { given, triggerId, from } = await givenDue(0, { title: "Of {{timestamp}}" });
    await fireDue(db, given.board);
    expect(await runsOf(given)).toMatchObject([
      { source: "schedule", status: "issue_created", triggerId, scheduledFor: from.toISOString(), missedCount: 0 },
    ]);
    expect(await issuesOf(given)).toMatchObject([
      {
        title: `Of ${from.toISOString()}`,
        assigneeAgentId: given.agent.id,
        createdByUserId: null,
        createdByAgentId: null,
      },
    ]);
    expect(given.ports.dispatched).toHaveLength(1);
    const { next_run_at, is_slot, last_fired_at } = await storedTrigger(triggerId);
    expect([next_run_at.getTime() - from.getTime(), is_slot]).toEqual([minuteMs, true]);
    expect(last_fired_at).not.toBeNull();
    const { rows } = await db.owner.query(
      "select actor_name from activity_log where company_id = $1 and action = 'routine.fired'",
      [given.companyId],
    );
    expect(rows).toEqual([{ actor_name: "Boardroom" }]);
  });

  it("fires once, whoever else looks at the same moment", async () => {
    const { given, from } = await givenDue(0, { concurrencyPolicy: "always_enqueue" });
    const fired = await Promise.all(Array.from({ length: 20 }, () => fireDue(db, given.board)));
    expect(fired.reduce((sum, each) => sum + each, 0)).toBeGreaterThanOrEqual(1);
    expect(await runsOf(given)).toMatchObject([{ status: "issue_created", scheduledFor: from.toISOString() }]);
    expect(await issuesOf(given)).toHaveLength(1);
    expect(given.ports.dispatched).toHaveLength(1);
  });

  it("is fired by the tick, together with its timers, also by two ticks at once", async () => {
    const { given } = await givenDue(0, { concurrencyPolicy: "always_enqueue" });
    const contextFor = (companyId: string) => ({ ...given.system, db: db.database.tenant(companyId, "test") });
    const ticks = [1, 2].map(() => tick(db.database.system("test"), { ...given.ports, contextFor }));
    const reports = await Promise.all(ticks);
    expect(reports.map(({ fired }) => fired).reduce((sum, each) => sum + each)).toBeGreaterThanOrEqual(1);
    expect(await runsOf(given)).toHaveLength(1);
    expect(await issuesOf(given)).toHaveLength(1);
  });

  it("isn't fired a second early or before, and costs nothing while it isn't due", async () => {
    const given = await givenRoutine(db);
    const { rows } = await db.owner.query("select date_trunc('second', now()) + interval '3 seconds' as at");
    const triggerId = await givenSchedule(db, given, { from: rows[0].at });
    expect(await db.countRequests(() => fireDue(db, given.board))).toBe(1);
    expect(await runsOf(given)).toEqual([]);
    const look = async () => {
      await fireDue(db, given.board);
      return (await runsOf(given)).length;
    };
    await expect.poll(look, { interval: 100 }).toBe(1);
    const [run] = await runsOf(given);
    const earlyMs = rows[0].at.getTime() - Date.parse(run?.triggeredAt ?? "");
    expect(earlyMs).toBeLessThanOrEqual(1000);
    expect((await storedTrigger(triggerId)).is_slot).toBe(true);
  });

  it("takes one request to find all and one to fire each", async () => {
    const { given } = await givenDue(0);
    await fireDue(db, given.board);
    const next = await Promise.all([givenDue(0), givenDue(0), givenDue(0)]);
    expect(await db.countRequests(() => fireDue(db, given.board))).toBe(1 + next.length);
  });

  it("follows the concurrency policy", async () => {
    const { given, triggerId } = await givenDue(0);
    await fireDue(db, given.board);
    await db.owner.query("update routine_triggers set next_run_at = next_run_at - interval '1 minute' where id = $1", [
      triggerId,
    ]);
    await db.owner.query("update routine_runs set scheduled_for = scheduled_for - interval '1 day'");
    await fireDue(db, given.board);
    const [second, first] = await runsOf(given);
    expect(second).toMatchObject({ status: "coalesced", reason: "issue_open", linkedIssueId: first?.linkedIssueId });
    await updateIssue(given.board, { id: first?.linkedIssueId ?? "", status: "cancelled" });
  });
});

it("a trigger that starts anew does not come back to the slot that it fired a moment ahead", async () => {
  const { given, triggerId } = await givenDue(0);
  const ahead = await minutesAgo(-1);
  await db.owner.query(
    "insert into routine_runs (company_id, routine_id, trigger_id, source, status, scheduled_for) values ($1, $2, $3, 'schedule', 'skipped', $4)",
    [given.companyId, given.id, triggerId, ahead.toISOString()],
  );
  const anew = { next_run_at: ahead, is_slot: false };
  await updateRoutineTrigger(given.board, { id: triggerId, enabled: true });
  expect(await storedTrigger(triggerId)).toMatchObject(anew);
  await updateRoutine(given.board, { id: given.id, status: "paused" });
  await updateRoutine(given.board, { id: given.id, status: "active" });
  expect(await storedTrigger(triggerId)).toMatchObject(anew);
});

it("the same slot can't be stored twice, whatever a statement does", async () => {
  const { given, triggerId, from } = await givenDue(0);
  await fireDue(db, given.board);
  const again = db.owner.query(
    "insert into routine_runs (company_id, routine_id, trigger_id, source, status, scheduled_for) values ($1, $2, $3, 'schedule', 'failed', $4)",
    [given.companyId, given.id, triggerId, from.toISOString()],
  );
  await expect(again).rejects.toMatchObject({ code: "23505", constraint: "routine_runs_slot" });
});

describe("a schedule that is new, changed or resumed", () => {
  it("looks for its next slot from that moment on, by the database's clock, and fires nothing of before", async () => {
    const given = await givenRoutine(db);
    const triggerId = await givenSchedule(db, given, { cronExpression: "0 0 1 1 *" });
    expect(await storedTrigger(triggerId)).toMatchObject({ is_slot: false });
    await fireDue(db, given.board);
    const year = new Date().getUTCFullYear() + 1;
    expect(await storedTrigger(triggerId)).toMatchObject({
      is_slot: true,
      next_run_at: new Date(`${year}-01-01T00:00:00Z`),
    });
    await updateRoutineTrigger(given.board, { id: triggerId, timezone: "Asia/Tokyo" });
    await fireDue(db, given.board);
    expect(await storedTrigger(triggerId)).toMatchObject({ next_run_at: new Date(`${year - 1}-12-31T15:00:00Z`) });
    expect(await runsOf(given)).toEqual([]);
  });

  it("fires the slot that came between its making and the tick", async () => {
    const given = await givenRoutine(db);
    const triggerId = await givenSchedule(db, given, {});
    await db.owner.query(
      "update routine_triggers set next_run_at = date_trunc('minute', now()) - interval '5 seconds' where id = $1",
      [triggerId],
    );
    await fireDue(db, given.board);
    expect(await runsOf(given)).toMatchObject([
      { status: "issue_created", scheduledFor: (await minutesAgo(0)).toISOString() },
    ]);
  });

  it.each([
    ["the routine is paused", (given: GivenRoutine) => updateRoutine(given.board, { id: given.id, status: "paused" })],
    [
      "the routine is archived",
      (given: GivenRoutine) => updateRoutine(given.board, { id: given.id, status: "archived" }),
    ],
    [
      "the trigger is switched off",
      (given: GivenRoutine, id: string) => updateRoutineTrigger(given.board, { id, enabled: false }),
    ],
  ])("rests while %s, and what it would have fired then was not missed", async (_, rest) => {
    const { given, triggerId } = await givenDue(30, { catchUpPolicy: "enqueue_missed_with_cap" });
    await rest(given, triggerId);
    await fireDue(db, given.board);
    expect(await storedTrigger(triggerId)).toMatchObject({ next_run_at: null });
    await updateRoutine(given.board, { id: given.id, status: "active" });
    await updateRoutineTrigger(given.board, { id: triggerId, enabled: true });
    await fireDue(db, given.board);
    expect(await runsOf(given)).toEqual([]);
    const shown = await getRoutine(given.board, { id: given.id });
    expect((await storedTrigger(triggerId)).next_run_at.toISOString()).toBe(shown.nextRunAt);
  });

  it("that is paused at the very moment of its slot either fires before or not at all", async () => {
    for (let round = 0; round < 10; round++) {
      const { given, triggerId } = await givenDue(0);
      await Promise.all([
        fireDue(db, given.board),
        updateRoutine(given.board, { id: given.id, status: "paused" }),
        fireDue(db, given.board),
      ]);
      expect((await storedTrigger(triggerId)).next_run_at).toBeNull();
      expect((await runsOf(given)).length).toBe((await issuesOf(given)).length);
    }
  });
});

describe("after an outage", () => {
  it("skip_missed leaves one entry for all that was missed, and fires what is due now", async () => {
    const { given, triggerId, from } = await givenDue(120);
    await fireDue(db, given.board);
    const [fired, ...others] = await runsOf(given);
    const [missed] = others;
    expect(fired).toMatchObject({ source: "schedule", reason: expect.not.stringMatching("missed_slots") });
    expect(missed).toMatchObject({
      status: "skipped",
      reason: "missed_slots",
      explanation: expect.stringContaining("passed over"),
      scheduledFor: from.toISOString(),
      missedCount: expect.any(Number),
      linkedIssueId: null,
    });
    expect(missed?.missedCount).toBe(120);
    expect(others).toHaveLength(1);
    expect((await storedTrigger(triggerId)).next_run_at.getTime()).toBeGreaterThan(Date.now() - 2000);
    await fireDue(db, given.board);
    expect((await runsOf(given)).filter(({ missedCount }) => missedCount > 0)).toHaveLength(1);
    const { rows } = await db.owner.query(
      "select details from activity_log where company_id = $1 and action = 'routine.slots_missed'",
      [given.companyId],
    );
    expect(rows).toMatchObject([
      { details: { title: expect.any(String), missedCount: missed?.missedCount, triggerId } },
    ]);
  });

  it("enqueue_missed_with_cap makes up for the latest five, oldest first, and leaves one entry for the rest", async () => {
    const { given, from } = await givenDue(120, {
      catchUpPolicy: "enqueue_missed_with_cap",
      concurrencyPolicy: "always_enqueue",
    });
    await fireDue(db, given.board);
    const runs = (await runsOf(given)).reverse();
    const [missed, ...fired] = runs;
    expect(missed).toMatchObject({ reason: "missed_slots", scheduledFor: from.toISOString() });
    const slots = fired.map(({ scheduledFor }) => Date.parse(scheduledFor ?? ""));
    expect(slots).toEqual([...slots].sort());
    expect(fired).toHaveLength(6);
    expect((missed?.missedCount ?? 0) + fired.length).toBe(121);
    expect(slots.map((slot) => (slot - (slots[0] ?? 0)) / minuteMs)).toEqual(slots.map((_, index) => index));
    expect(await issuesOf(given)).toHaveLength(fired.length);
  });

  it("twenty who make up for it at once still fire each slot once and leave one entry", async () => {
    const policies = { catchUpPolicy: "enqueue_missed_with_cap", concurrencyPolicy: "always_enqueue" } as const;
    const { given } = await givenDue(60, policies);
    await Promise.all(Array.from({ length: 20 }, () => fireDue(db, given.board)));
    const runs = await runsOf(given);
    const slots = runs.map(({ scheduledFor }) => scheduledFor);
    expect(new Set(slots).size).toBe(slots.length);
    expect(runs.filter(({ reason }) => reason === "missed_slots")).toHaveLength(1);
    expect(runs.reduce((sum, run) => sum + Math.max(1, run.missedCount), 0)).toBe(61);
    expect(await issuesOf(given)).toHaveLength(runs.length - 1);
  });

  it("goes on where one that died between two slots left off", async () => {
    const policies = { catchUpPolicy: "enqueue_missed_with_cap", concurrencyPolicy: "always_enqueue" } as const;
    const { given } = await givenDue(4, policies);
    let left = 3;
    const dying = {
      ...given.board,
      ports: {
        ...given.ports,
        dispatch: () => {
          left -= 1;
          if (left === 0) throw new Error("The Worker was killed.");
        },
      },
    };
    await expect(fireDue(db, dying)).rejects.toThrow("could not fire");
    expect(await runsOf(given)).toHaveLength(3);
    await fireDue(db, given.board);
    const runs = await runsOf(given);
    expect(runs).toHaveLength(5);
    expect(new Set(runs.map(({ scheduledFor }) => scheduledFor)).size).toBe(5);
  });
});

describe("a schedule that can't fire says why", () => {
  it("with a required variable that has no default", async () => {
    const variables = [{ name: "topic", description: null, required: true, default: null }];
    const { given } = await givenDue(0, { variables });
    await fireDue(db, given.board);
    expect(await runsOf(given)).toMatchObject([
      {
        status: "failed",
        reason: "missing_variables",
        explanation: "A required variable had no value.",
        linkedIssueId: null,
      },
    ]);
    const { rows } = await db.owner.query("select action from activity_log where company_id = $1 order by xid, seq", [
      given.companyId,
    ]);
    expect(rows.at(-1)).toEqual({ action: "routine.failed" });
    expect(await issuesOf(given)).toEqual([]);
    await fireDue(db, given.board);
    expect(await runsOf(given)).toHaveLength(1);
  });

  it("for an assignee that was let go", async () => {
    const { given } = await givenDue(0);
    await terminateAgent(given.board, { id: given.agent.id });
    await fireDue(db, given.board);
    expect(await runsOf(given)).toMatchObject([{ status: "failed", reason: "assignee_terminated" }]);
  });

  it.each(["paused", "archived"])("in a company that is %s", async (status) => {
    const { given } = await givenDue(0);
    await db.owner.query("update companies set status = $2::company_status where id = $1", [given.companyId, status]);
    await fireDue(db, given.board);
    expect(await runsOf(given)).toMatchObject([{ status: "skipped", reason: `company_${status}` }]);
  });
});

it("one schedule that fails keeps no other from firing, and fires when it can", async () => {
  const broken = await givenDue(0);
  const sound = await givenDue(0);
  await db.owner.query("update routine_triggers set cron_expression = 'broken' where id = $1", [broken.triggerId]);
  await expect(fireDue(db, sound.given.board)).rejects.toThrow("1 schedules could not fire");
  expect(await runsOf(sound.given)).toHaveLength(1);
  expect(await runsOf(broken.given)).toEqual([]);
  await db.owner.query("update routine_triggers set cron_expression = '* * * * *' where id = $1", [broken.triggerId]);
  await fireDue(db, sound.given.board);
  expect(await runsOf(broken.given)).toHaveLength(1);
});

it("companies take turns: the one with a hundred due schedules doesn't come before the one with one", async () => {
  const many = await givenRoutine(db, { concurrencyPolicy: "skip_if_active" });
  const from = await minutesAgo(0);
  await db.owner.query(
    `insert into routine_triggers (company_id, routine_id, kind, cron_expression, timezone, next_run_at, is_slot)
     select $1, $2, 'schedule', '* * * * *', 'UTC', $3::timestamptz - interval '1 minute', true from generate_series(1, 100)`,
    [many.companyId, many.id, from.toISOString()],
  );
  const one = await givenRoutine(db);
  await givenSchedule(db, one, { from });
  const before: number[] = [];
  await fireDue(db, {
    ...one.board,
    ports: { ...one.ports, dispatch: () => void before.push(Date.now()) },
  });
  const [single] = await runsOf(one);
  const { rows } = await db.owner.query(
    "select count(*)::int as earlier from routine_runs where company_id = $1 and triggered_at < $2",
    [many.companyId, single?.triggeredAt],
  );
  expect(rows[0].earlier).toBeLessThan(20);
});
