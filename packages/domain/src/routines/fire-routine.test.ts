import {
  createGoal,
  createProject,
  createRoutineTrigger,
  explainWakes,
  getIssue,
  getRoutine,
  listComments,
  listIssues,
  listRoutineRuns,
  pauseAgent,
  runRoutine,
  terminateAgent,
  updateIssue,
  updateRoutine,
  updateRoutineTrigger,
} from "@boardroom/domain";
import { describe, expect, it } from "vitest";
import { useDomainDatabase } from "../../test/domain-database.ts";
import { type GivenRoutine, givenRoutine } from "../../test/given-routine.ts";
import { addAgent, addRun } from "../../test/working-agents.ts";

const db = useDomainDatabase();
const page = { limit: 200 };

const issuesOf = async ({ board }: GivenRoutine) => (await listIssues(board, page)).items;
const runsOf = async ({ board, id }: GivenRoutine) => (await listRoutineRuns(board, { id, ...page })).items;
const wakesOf = async ({ board, agent }: GivenRoutine) => (await explainWakes(board, { id: agent.id, ...page })).items;
/** Fires of long ago, past the rules. */
const addOldFires = ({ companyId, id }: GivenRoutine, count: number) =>
  db.owner.query(
    `insert into routine_runs (company_id, id, routine_id, source, status, triggered_at)
     select $1, uuidv7(ago), $2, 'manual', 'skipped', now() + ago
     from (select make_interval(mins => -n) as ago from generate_series(2, $3::int + 1) n) old`,
    [companyId, id, count],
  );
const fireIds = async ({ id }: GivenRoutine): Promise<string[]> => {
  const { rows } = await db.owner.query("select id from routine_runs where routine_id = $1 order by id", [id]);
  return rows.map((row) => row.id);
};
const variable = (name: string, fields: object = {}) => ({
  name,
  description: null,
  required: false,
  default: null,
  ...fields,
});

describe("a fire", () => {
  it("makes an issue for the assignee, wakes it with what fired, and leaves its trace, all in one request", async () => {
    const given = await givenRoutine(db, { title: "Report", description: "Write it", priority: "high" });
    const { board, id, agent, ports, companyId, ownerId } = given;
    const run = await runRoutine(board, { id });
    expect(run).toMatchObject({
      source: "manual",
      status: "issue_created",
      reason: null,
      explanation: null,
      missedCount: 0,
    });
    const [issue] = await issuesOf(given);
    expect(issue).toMatchObject({
      id: run.linkedIssueId,
      title: "Report",
      description: "Write it",
      priority: "high",
      status: "todo",
      assigneeAgentId: agent.id,
      createdByUserId: ownerId,
      originKind: "routine",
      originId: id,
      originFingerprint: expect.stringMatching(/^[0-9a-f]{32}$/),
    });
    expect(run.linkedIssue).toEqual({ id: issue?.id, identifier: issue?.identifier, title: "Report", status: "todo" });
    const [wake] = await wakesOf(given);
    expect(wake).toMatchObject({
      source: "automation",
      reason: "routine_fired",
      status: "open",
      issueId: issue?.id,
      triggerDetail: "Report",
    });
    expect(wake?.payload).toMatchObject({
      routineId: id,
      routineRunId: run.id,
      routineSource: "manual",
      triggerId: null,
    });
    expect(ports.dispatched).toEqual([{ companyId, runId: wake?.runId }]);
    expect(await runsOf(given)).toEqual([run]);
    expect((await getRoutine(board, { id })).lastRun).toEqual(run);
    const { rows } = await db.owner.query(
      "select action, entity_id from activity_log where company_id = $1 order by xid, seq",
      [companyId],
    );
    expect(rows).toEqual([
      { action: "routine.created", entity_id: id },
      { action: "routine.fired", entity_id: id },
      { action: "issue.created", entity_id: issue?.id },
    ]);
  });

  it("serves the routine's project and goal, or else the project's first goal", async () => {
    const given = await givenRoutine(db);
    const { board, id } = given;
    const goals = [await createGoal(board, { title: "One" }), await createGoal(board, { title: "Two" })];
    const project = await createProject(board, { name: "P", goalIds: [goals[0]?.id ?? ""] });
    await updateRoutine(board, { id, projectId: project.id, concurrencyPolicy: "always_enqueue" });
    await runRoutine(board, { id });
    await updateRoutine(board, { id, goalId: goals[1]?.id ?? null });
    await runRoutine(board, { id });
    expect(await issuesOf(given)).toMatchObject([
      { projectId: project.id, goalId: goals[1]?.id },
      { projectId: project.id, goalId: goals[0]?.id },
    ]);
  });

  it("without an assignee leaves the issue to the board", async () => {
    const given = await givenRoutine(db, { assigneeAgentId: null });
    expect(await runRoutine(given.board, { id: given.id })).toMatchObject({ status: "issue_created" });
    expect(await issuesOf(given)).toMatchObject([{ assigneeAgentId: null, status: "todo" }]);
    expect(given.ports.dispatched).toEqual([]);
  });

  it("for a paused assignee makes the issue and says why nobody woke", async () => {
    const given = await givenRoutine(db);
    await pauseAgent(given.board, { id: given.agent.id });
    expect(await runRoutine(given.board, { id: given.id })).toMatchObject({ status: "issue_created" });
    expect(await wakesOf(given)).toMatchObject([
      { status: "skipped", skipReason: "agent_paused", reason: "routine_fired" },
    ]);
    expect(given.ports.dispatched).toEqual([]);
  });

  it("numbers its issues with all others, also when many routines fire at once", async () => {
    const given = await givenRoutine(db, { concurrencyPolicy: "always_enqueue" });
    const { board, id } = given;
    await Promise.all(Array.from({ length: 20 }, () => runRoutine(board, { id })));
    const numbers = (await issuesOf(given)).map(({ issueNumber }) => issueNumber).sort((a, b) => a - b);
    expect(numbers).toEqual(Array.from({ length: 20 }, (_, index) => index + 1));
    expect(given.ports.dispatched).toHaveLength(20);
  });
});

describe("while an issue of the routine is open", () => {
  it("coalesce_if_active wakes the one that works on it, and tells the issue what the fire brought", async () => {
    const given = await givenRoutine(db, { variables: [variable("topic"), variable("mood", { default: "calm" })] });
    const { board, id, ports, tenant } = given;
    const first = await runRoutine(board, { id, variables: { topic: "one" } });
    const bare = await runRoutine(board, { id });
    expect(bare).toMatchObject({
      status: "coalesced",
      reason: "issue_open",
      explanation: "An earlier issue of this routine was still open.",
      linkedIssueId: first.linkedIssueId,
    });
    const issue = { id: first.linkedIssueId ?? "" };
    expect((await listComments(board, { ...issue, ...page })).items).toEqual([]);
    const olaf = await tenant.member("operator", "Olaf");
    await runRoutine(olaf, { id, variables: { topic: "two" } });
    const { items } = await listComments(board, { ...issue, ...page });
    expect(items).toMatchObject([
      { authorName: "Olaf", body: 'The routine "Weekly report" fired again.\n- mood: calm\n- topic: two' },
    ]);
    expect(await issuesOf(given)).toHaveLength(1);
    // The wake was still open: the later causes merged into it and no second run was queued.
    expect(await wakesOf(given)).toMatchObject([{ coalescedCount: 2, payload: { variables: { topic: "two" } } }]);
    expect(ports.dispatched).toHaveLength(1);
  });

  it("coalesce_if_active wakes who has the issue now", async () => {
    const given = await givenRoutine(db);
    const { board, id, companyId } = given;
    const first = await runRoutine(board, { id });
    const other = await addAgent(db.owner, companyId);
    await updateIssue(board, { id: first.linkedIssueId ?? "", assigneeAgentId: other.id });
    await db.owner.query("update wakes set status = 'done' where company_id = $1", [companyId]);
    await runRoutine(board, { id });
    expect((await explainWakes(board, { id: other.id, ...page })).items).toMatchObject([
      { reason: "routine_fired", issueId: first.linkedIssueId },
      { reason: "issue_assigned" },
    ]);
  });

  it("skip_if_active leaves an entry and nothing else", async () => {
    const given = await givenRoutine(db, { concurrencyPolicy: "skip_if_active" });
    const { board, id, ports, companyId } = given;
    const first = await runRoutine(board, { id });
    const second = await runRoutine(board, { id });
    expect(second).toMatchObject({ status: "skipped", reason: "issue_open", linkedIssue: first.linkedIssue });
    expect(await wakesOf(given)).toMatchObject([{ coalescedCount: 0 }]);
    expect(ports.dispatched).toHaveLength(1);
    const { rows } = await db.owner.query("select action from activity_log where company_id = $1 order by xid, seq", [
      companyId,
    ]);
    expect(rows.at(-1)).toEqual({ action: "routine.skipped" });
  });

  it("always_enqueue makes the next issue all the same", async () => {
    const given = await givenRoutine(db, { concurrencyPolicy: "always_enqueue" });
    await runRoutine(given.board, { id: given.id });
    expect(await runRoutine(given.board, { id: given.id })).toMatchObject({ status: "issue_created" });
    expect(await issuesOf(given)).toHaveLength(2);
    expect(given.ports.dispatched).toHaveLength(2);
  });

  it.each(["done", "cancelled"] as const)("and once it is %s the next fire makes a new one", async (status) => {
    const given = await givenRoutine(db, { concurrencyPolicy: "skip_if_active" });
    const { board, id } = given;
    const { linkedIssueId } = await runRoutine(board, { id });
    await updateIssue(board, { id: linkedIssueId ?? "", status: "in_progress" });
    await updateIssue(board, { id: linkedIssueId ?? "", status });
    expect(await runRoutine(board, { id })).toMatchObject({ status: "issue_created" });
    expect((await runsOf(given)).map(({ linkedIssue }) => linkedIssue?.status)).toEqual(["todo", status]);
  });

  it.each([
    ["coalesce_if_active", "coalesced"],
    ["skip_if_active", "skipped"],
  ] as const)("twenty fires at once under %s make one issue", async (concurrencyPolicy, status) => {
    const given = await givenRoutine(db, { concurrencyPolicy });
    const { board, id } = given;
    const runs = await Promise.all(Array.from({ length: 20 }, () => runRoutine(board, { id })));
    expect(runs.filter((run) => run.status === "issue_created")).toHaveLength(1);
    expect(runs.filter((run) => run.status === status)).toHaveLength(19);
    expect(await issuesOf(given)).toHaveLength(1);
    expect(given.ports.dispatched).toHaveLength(1);
  });
});

describe("variables", () => {
  const title = "About {{ topic }} and {{other}} of {{nobody}}";

  it("fill title and description once: a value with braces stays as it is", async () => {
    const description = "{{topic}}{{topic}}\n\n{{other}} {{ }} {{9}} {topic} {{to pic}}";
    const variables = [variable("topic", { required: true }), variable("other", { default: "rest" })];
    const given = await givenRoutine(db, { title, description, variables });
    const run = await runRoutine(given.board, { id: given.id, variables: { topic: "a {{other}} $1 \\1 {{" } });
    expect(run.variables).toEqual({ topic: "a {{other}} $1 \\1 {{", other: "rest" });
    expect(await issuesOf(given)).toMatchObject([
      {
        title: "About a {{other}} $1 \\1 {{ and rest of {{nobody}}",
        description: "a {{other}} $1 \\1 {{a {{other}} $1 \\1 {{\n\nrest {{ }} {{9}} {topic} {{to pic}}",
      },
    ]);
  });

  it("that are always there tell the day and the time", async () => {
    const given = await givenRoutine(db, { title: "Report of {{date}}", description: "{{timestamp}}[{{payload}}]" });
    const { triggeredAt } = await runRoutine(given.board, { id: given.id });
    const [issue] = await issuesOf(given);
    expect(issue?.title).toBe(`Report of ${triggeredAt.slice(0, 10)}`);
    expect(issue?.description).toBe(`${triggeredAt}[]`);
  });

  it("keep a title on one line, not longer than titles are, and never empty", async () => {
    const variables = [variable("topic", { default: "x" })];
    const given = await givenRoutine(db, { title: "{{topic}}", variables, concurrencyPolicy: "always_enqueue" });
    const { board, id } = given;
    await runRoutine(board, { id, variables: { topic: `two\n\tlines ${"é".repeat(4000)}`.slice(0, 4000) } });
    await runRoutine(board, { id, variables: { topic: " \n " } });
    const [blank, long] = await issuesOf(given);
    expect(long?.title).toMatch(/^two lines é+$/);
    expect(long?.title).toHaveLength(300);
    expect(blank?.title).toBe("{{topic}}");
  });

  it("that are required and have neither value nor default refuse the fire by name and leave nothing", async () => {
    const variables = [variable("topic", { required: true }), variable("mood", { required: true }), variable("free")];
    const given = await givenRoutine(db, { title, variables });
    const { board, id } = given;
    const wanting: Record<string, string>[] = [{}, { topic: "" }, { free: "x" }, { nope: "x" }];
    for (const values of wanting) {
      await expect(runRoutine(board, { id, variables: values })).rejects.toMatchObject({
        code: "invalid_request",
        message: 'The routine needs a value for "topic", "mood".',
        details: [{ path: "variables.topic", message: "is required" }, { path: "variables.mood" }],
      });
    }
    await expect(runRoutine(board, { id, variables: { topic: "a", mood: "b", nope: "c" } })).rejects.toMatchObject({
      code: "invalid_request",
      message: 'The routine has no "nope".',
    });
    expect(await runsOf(given)).toEqual([]);
    expect(await issuesOf(given)).toEqual([]);
    expect(await runRoutine(board, { id, variables: { topic: "a", mood: "b" } })).toMatchObject({
      status: "issue_created",
    });
  });

  it("give the same fingerprint to issues with the same values", async () => {
    const given = await givenRoutine(db, {
      variables: [variable("a"), variable("b")],
      concurrencyPolicy: "always_enqueue",
    });
    const { board, id } = given;
    for (const variables of [
      { a: "1", b: "2" },
      { b: "2", a: "1" },
      { a: "2", b: "1" },
    ])
      await runRoutine(board, { id, variables });
    const [third, second, first] = (await issuesOf(given)).map(({ originFingerprint }) => originFingerprint);
    expect(second).toBe(first);
    expect(third).not.toBe(first);
  });
});

describe("by hand or by API", () => {
  it("the board may try out a routine that is paused, an API trigger may not, and nobody one that is archived", async () => {
    const given = await givenRoutine(db);
    const { board, id, tenant, agent } = given;
    const { trigger } = await createRoutineTrigger(board, { id, kind: "api" });
    await updateRoutine(board, { id, status: "paused" });
    expect(await runRoutine(board, { id })).toMatchObject({ status: "issue_created" });
    const conflict = { code: "conflict" };
    await expect(runRoutine(board, { id, triggerId: trigger.id })).rejects.toMatchObject(conflict);
    await expect(runRoutine(tenant.asAgent(agent), { id })).rejects.toMatchObject(conflict);
    await updateRoutine(board, { id, status: "archived" });
    await expect(runRoutine(board, { id })).rejects.toMatchObject(conflict);
  });

  it("an API trigger fires while it is switched on, is named in the entry, and notes when", async () => {
    const given = await givenRoutine(db);
    const { board, id } = given;
    const { trigger } = await createRoutineTrigger(board, { id, kind: "api" });
    const run = await runRoutine(board, { id, triggerId: trigger.id });
    expect(run).toMatchObject({ source: "api", triggerId: trigger.id });
    expect((await getRoutine(board, { id })).triggers[0]?.lastFiredAt).toBe(run.triggeredAt);
    await updateRoutineTrigger(board, { id: trigger.id, enabled: false });
    await expect(runRoutine(board, { id, triggerId: trigger.id })).rejects.toMatchObject({ code: "conflict" });
  });

  it("only an API trigger of this very routine can be named", async () => {
    const given = await givenRoutine(db);
    const { board, id } = given;
    const other = await givenRoutine(db);
    const foreign = await createRoutineTrigger(other.board, { id: other.id, kind: "api" });
    const webhook = await createRoutineTrigger(board, { id, kind: "webhook" });
    const unknown = runRoutine(board, { id, triggerId: foreign.trigger.id });
    await expect(unknown).rejects.toMatchObject({ code: "invalid_reference" });
    await expect(runRoutine(board, { id, triggerId: webhook.trigger.id })).rejects.toMatchObject({
      code: "invalid_request",
    });
  });

  it("nothing fires in a company that is paused, nor for an assignee that was let go", async () => {
    const given = await givenRoutine(db);
    const { board, id, companyId, agent } = given;
    await db.owner.query("update companies set status = 'paused' where id = $1", [companyId]);
    await expect(runRoutine(board, { id })).rejects.toMatchObject({ code: "company_not_active" });
    await db.owner.query("update companies set status = 'active' where id = $1", [companyId]);
    await terminateAgent(board, { id: agent.id });
    await expect(runRoutine(board, { id })).rejects.toMatchObject({ code: "unusable_reference" });
    expect(await runsOf(given)).toEqual([]);
  });

  it("the same idempotency key fires once and gets the first answer", async () => {
    const given = await givenRoutine(db, { concurrencyPolicy: "always_enqueue" });
    const { board, id, ports } = given;
    const keyed = { ...board, idempotency: { key: "k", operation: "routines.run", bodyHash: "h" } };
    const runs = await Promise.all([1, 2, 3, 4].map(() => runRoutine(keyed, { id })));
    expect(new Set(runs.map((run) => run.id)).size).toBe(1);
    expect(await issuesOf(given)).toHaveLength(1);
    expect(ports.dispatched).toHaveLength(1);
  });

  it("sixty fires a minute are the most, also when more come at once", async () => {
    const given = await givenRoutine(db, { concurrencyPolicy: "skip_if_active" });
    const { board, id } = given;
    const tried = await Promise.allSettled(Array.from({ length: 70 }, () => runRoutine(board, { id })));
    const refused = tried.filter((each) => each.status === "rejected");
    expect(refused).toHaveLength(10);
    expect(refused[0]?.reason).toMatchObject({ code: "rate_limited", details: { retryAfterMs: 60_000 } });
    await db.owner.query(
      "update routine_runs set triggered_at = triggered_at - interval '61 seconds' where routine_id = $1",
      [id],
    );
    expect(await runRoutine(board, { id })).toMatchObject({ status: "skipped" });
  });
});

describe("an agent that fires its own routine", () => {
  it("within a run gets the issue but not a wake of its own: it has the floor", async () => {
    const given = await givenRoutine(db);
    const { tenant, agent, id, companyId } = given;
    const run = await addRun(db.owner, companyId, agent);
    const fired = await runRoutine(tenant.asRun(agent, run), { id });
    expect(await getIssue(given.board, { id: fired.linkedIssueId ?? "" })).toMatchObject({
      assigneeAgentId: agent.id,
      createdByAgentId: agent.id,
      originKind: "routine",
      originRunId: run.id,
    });
    expect(given.ports.dispatched).toEqual([]);
  });

  it("outside of one is woken, in a chain that ends at the hop limit", async () => {
    const given = await givenRoutine(db, { concurrencyPolicy: "always_enqueue" });
    const { tenant, agent, id, companyId } = given;
    const asAgent = tenant.asAgent(agent);
    for (let hop = 0; hop < 18; hop++) {
      await runRoutine(asAgent, { id });
      const [wake] = await wakesOf(given);
      if (wake?.status === "skipped") {
        expect(wake).toMatchObject({ skipReason: "hop_limit" });
        expect(hop).toBeGreaterThan(10);
        return;
      }
      await db.owner.query(
        "update heartbeat_runs set status = 'running', fence = nextval('run_fence'), lease_expires_at = now() + interval '1 minute' where company_id = $1 and id = $2",
        [companyId, wake?.runId],
      );
    }
    throw new Error("The chain did not end.");
  });
});

it("a routine's history keeps its latest thousand fires, and gives up the older ones a few at a time", async () => {
  const [given, other] = [await givenRoutine(db), await givenRoutine(db)];
  await addOldFires(given, 1070);
  await addOldFires(other, 1003);
  const before = await fireIds(given);
  const fires = [await runRoutine(given.board, { id: given.id }), await runRoutine(given.board, { id: given.id })];
  const kept = await fireIds(given);
  expect(kept).toEqual([...before, ...fires.map(({ id }) => id)].slice(-1000));
  expect(await fireIds(other)).toHaveLength(1003);
});
