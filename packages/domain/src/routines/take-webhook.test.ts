import {
  createRoutineTrigger,
  deleteRoutineTrigger,
  findWebhookTrigger,
  listIssues,
  listRoutineRuns,
  rotateTriggerSecret,
  takeWebhook,
  triggerSecretContext,
  updateRoutine,
  updateRoutineTrigger,
} from "@boardroom/domain";
import { describe, expect, it } from "vitest";
import { useDomainDatabase } from "../../test/domain-database.ts";
import { type GivenRoutine, givenRoutine } from "../../test/given-routine.ts";

const db = useDomainDatabase();
const page = { limit: 200 };
type Fields = Parameters<typeof givenRoutine>[1];

const system = () => db.database.system("test");
const storedNonces = async (triggerId: string) =>
  (
    await db.owner.query("select nonce from routine_trigger_nonces where trigger_id = $1 order by nonce", [triggerId])
  ).rows.map(({ nonce }) => nonce);

/** A routine with a webhook, and the webhook as a delivery finds it. */
async function givenWebhook(fields: Fields = {}, body: object = {}) {
  const given = await givenRoutine(db, fields);
  const created = await createRoutineTrigger(given.board, { id: given.id, kind: "webhook", ...body });
  const publicId = created.trigger.publicId ?? "";
  const found = await findWebhookTrigger(system(), publicId, null);
  if (!found) throw new Error("The webhook is not there.");
  return { given, trigger: found, publicId, secret: created.secretMaterial?.webhookSecret };
}
const runsOf = async ({ board, id }: GivenRoutine) => (await listRoutineRuns(board, { id, ...page })).items;
const issuesOf = async ({ board }: GivenRoutine) => (await listIssues(board, page)).items;

describe("a webhook's trigger is found by its public id", () => {
  it("with its company, its sealed secret, and whether the stated time lies in the window", async () => {
    const { given, trigger, publicId, secret } = await givenWebhook(
      {},
      { signingMode: "hmac_sha256", replayWindowSec: 60 },
    );
    expect(trigger).toMatchObject({
      companyId: given.companyId,
      routineId: given.id,
      replayWindowSec: 60,
      isInWindow: null,
    });
    expect(await given.ports.secrets.open(trigger.sealed, triggerSecretContext(given.companyId))).toBe(secret);
    const now = Date.now() / 1000;
    for (const [statedAt, isInWindow] of [
      [now, true],
      [now - 50, true],
      [now + 50, true],
      [now - 70, false],
      [now + 70, false],
      [0, false],
    ] as const) {
      expect((await findWebhookTrigger(system(), publicId, statedAt))?.isInWindow, String(statedAt - now)).toBe(
        isInWindow,
      );
    }
  });

  it("and not when there is none, when it was deleted, or when it is no webhook", async () => {
    const { given, trigger, publicId } = await givenWebhook();
    expect(await findWebhookTrigger(system(), "0".repeat(32), null)).toBeNull();
    await deleteRoutineTrigger(given.board, { id: trigger.triggerId });
    expect(await findWebhookTrigger(system(), publicId, null)).toBeNull();
  });

  it("with the new secret alone after a rotation", async () => {
    const { given, trigger, publicId } = await givenWebhook();
    const rotated = await rotateTriggerSecret(given.board, { id: trigger.triggerId });
    const found = await findWebhookTrigger(system(), publicId, null);
    const opened = await given.ports.secrets.open(found?.sealed ?? "", triggerSecretContext(given.companyId));
    expect(opened).toBe(rotated.secretMaterial?.webhookSecret);
    const { rows } = await db.owner.query("select 1 from routine_trigger_secrets where trigger_id = $1", [
      trigger.triggerId,
    ]);
    expect(rows).toHaveLength(1);
  });
});

describe("a delivery", () => {
  it("fires with its body, as the issue's text, the wake's context and the entry show it", async () => {
    const variables = ["name", "count", "flag", "list", "none"].map((name) => ({
      name,
      description: null,
      required: false,
      default: null,
    }));
    const { given, trigger } = await givenWebhook({
      title: "{{name}} {{count}} {{flag}}",
      description: "{{payload}}",
      variables,
    });
    const payload = {
      name: "outer",
      count: 3,
      flag: true,
      list: [1],
      other: { deep: "x" },
      variables: { name: "inner" },
    };
    const run = await takeWebhook(given.system, trigger, { payload, nonces: ["a"] });
    expect(run).toMatchObject({
      source: "webhook",
      status: "issue_created",
      triggerId: trigger.triggerId,
      variables: { name: "inner", count: "3", flag: "true" },
      triggerPayload: payload,
    });
    const [issue] = await issuesOf(given);
    expect(issue?.title).toBe("inner 3 true");
    expect(JSON.parse(issue?.description ?? "")).toEqual(payload);
    const { rows } = await db.owner.query("select payload from wakes where company_id = $1", [given.companyId]);
    expect(rows).toMatchObject([{ payload: { routineSource: "webhook", payload } }]);
  });

  it("that finds the issue open is told to it", async () => {
    const { given, trigger } = await givenWebhook();
    await takeWebhook(given.system, trigger, { payload: { at: 1 }, nonces: ["a"] });
    const second = await takeWebhook(given.system, trigger, { payload: { at: 2 }, nonces: ["b"] });
    expect(second.status).toBe("coalesced");
    const { rows } = await db.owner.query("select body, author_name from comments where company_id = $1", [
      given.companyId,
    ]);
    expect(rows).toEqual([
      { author_name: "Boardroom", body: 'The routine "Weekly report" fired again.\n\n```json\n{\n    "at": 2\n}\n```' },
    ]);
  });

  it.each([null, "text", 7, [1, 2], JSON.parse('{"__proto__":{"a":1},"constructor":"x"}')])(
    "may bring %j",
    async (payload) => {
      const { given, trigger } = await givenWebhook();
      expect(await takeWebhook(given.system, trigger, { payload, nonces: [] })).toMatchObject({
        status: "issue_created",
        triggerPayload: payload,
        variables: {},
      });
    },
  );

  it("without a required variable is refused and may come again once it has it", async () => {
    const variables = [{ name: "topic", description: null, required: true, default: null }];
    const { given, trigger } = await givenWebhook({ variables });
    const lacking = takeWebhook(given.system, trigger, { payload: {}, nonces: ["a"] });
    await expect(lacking).rejects.toMatchObject({
      code: "invalid_request",
      message: expect.stringContaining('"topic"'),
    });
    expect(await storedNonces(trigger.triggerId)).toEqual([]);
    expect(await runsOf(given)).toEqual([]);
    await takeWebhook(given.system, trigger, { payload: { topic: "x" }, nonces: ["a"] });
    expect(await runsOf(given)).toHaveLength(1);
  });
});

describe("a delivery is taken once", () => {
  const policy: Fields = { concurrencyPolicy: "always_enqueue" };

  it("under any of its names", async () => {
    const { given, trigger } = await givenWebhook(policy);
    await takeWebhook(given.system, trigger, { payload: null, nonces: ["a", "b"] });
    for (const nonces of [["a", "b"], ["a"], ["b", "c"], ["d", "a"]]) {
      const replay = takeWebhook(given.system, trigger, { payload: null, nonces });
      await expect(replay).rejects.toMatchObject({ code: "conflict", message: "This delivery was taken before." });
    }
    expect(await storedNonces(trigger.triggerId)).toEqual(["a", "b"]);
    expect(await issuesOf(given)).toHaveLength(1);
    await takeWebhook(given.system, trigger, { payload: null, nonces: ["c", "d"] });
    expect(await issuesOf(given)).toHaveLength(2);
  });

  it("also when it comes twenty times at once", async () => {
    const { given, trigger } = await givenWebhook(policy);
    const tried = await Promise.allSettled(
      Array.from({ length: 20 }, () => takeWebhook(given.system, trigger, { payload: null, nonces: ["a"] })),
    );
    expect(tried.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    expect(await issuesOf(given)).toHaveLength(1);
    expect(given.ports.dispatched).toHaveLength(1);
  });

  it("by one trigger; another one of the same routine takes its own", async () => {
    const { given, trigger } = await givenWebhook(policy);
    const other = await createRoutineTrigger(given.board, { id: given.id, kind: "webhook" });
    await takeWebhook(given.system, trigger, { payload: null, nonces: ["a"] });
    await takeWebhook(given.system, { ...trigger, triggerId: other.trigger.id }, { payload: null, nonces: ["a"] });
    expect(await issuesOf(given)).toHaveLength(2);
  });

  it.each([
    ["hmac_sha256", 300, 660],
    ["hmac_sha256", 60, 180],
    ["github_hmac", 300, 30 * 86_400],
    ["bearer", 300, 30 * 86_400],
  ] as const)(
    "for as long as it could be believed: %s with a window of %i for %i seconds",
    async (signingMode, replayWindowSec, kept) => {
      const { given, trigger } = await givenWebhook(policy, { signingMode, replayWindowSec });
      await takeWebhook(given.system, trigger, { payload: null, nonces: ["a"] });
      const { rows } = await db.owner.query(
        "select extract(epoch from n.expires_at - r.triggered_at)::int as kept from routine_trigger_nonces n, routine_runs r where n.trigger_id = $1 and r.trigger_id = $1",
        [trigger.triggerId],
      );
      expect(rows).toEqual([{ kept }]);
    },
  );

  it("and what can't come again any more is forgotten with the next one", async () => {
    const { given, trigger } = await givenWebhook(policy);
    await takeWebhook(given.system, trigger, { payload: null, nonces: ["a", "b"] });
    await takeWebhook(given.system, trigger, { payload: null, nonces: ["c"] });
    await db.owner.query(
      "update routine_trigger_nonces set expires_at = now() where trigger_id = $1 and nonce <> 'c'",
      [trigger.triggerId],
    );
    await takeWebhook(given.system, trigger, { payload: null, nonces: ["a", "d"] });
    expect(await storedNonces(trigger.triggerId)).toEqual(["a", "c", "d"]);
  });
});

describe("nothing fires", () => {
  const conflict = { code: "conflict" };
  it.each([
    [
      "while the routine is paused",
      (given: GivenRoutine) => updateRoutine(given.board, { id: given.id, status: "paused" }),
      conflict,
    ],
    [
      "once it is archived",
      (given: GivenRoutine) => updateRoutine(given.board, { id: given.id, status: "archived" }),
      conflict,
    ],
    [
      "while the trigger is switched off",
      (given: GivenRoutine, id: string) => updateRoutineTrigger(given.board, { id, enabled: false }),
      conflict,
    ],
    [
      "once the trigger is deleted",
      (given: GivenRoutine, id: string) => deleteRoutineTrigger(given.board, { id }),
      { code: "invalid_reference" },
    ],
    [
      "while the company is paused",
      (given: GivenRoutine) =>
        db.owner.query("update companies set status = 'paused' where id = $1", [given.companyId]),
      { code: "company_not_active" },
    ],
  ])("%s, and the delivery may come again", async (_, stop, refusal) => {
    const { given, trigger } = await givenWebhook();
    await stop(given, trigger.triggerId);
    const delivery = { payload: null, nonces: ["a"] };
    await expect(takeWebhook(given.system, trigger, delivery)).rejects.toMatchObject(refusal);
    expect(await storedNonces(trigger.triggerId)).toEqual([]);
    expect(await runsOf(given)).toEqual([]);
  });

  it("beyond sixty deliveries a minute", async () => {
    const { given, trigger } = await givenWebhook({ concurrencyPolicy: "skip_if_active" });
    const tried = await Promise.allSettled(
      Array.from({ length: 65 }, (_, index) =>
        takeWebhook(given.system, trigger, { payload: null, nonces: [String(index)] }),
      ),
    );
    const refused = tried.flatMap((each) => (each.status === "rejected" ? [each.reason.code] : []));
    expect(refused).toEqual(Array(5).fill("rate_limited"));
  });
});

it("fills in a large body many times over without growing beyond what is kept", async () => {
  const { given, trigger } = await givenWebhook({ title: "Look", description: "{{payload}}".repeat(1500) });
  // Printed, each of these numbers stands on a line of its own, sixty steps to the right.
  const payload: unknown = JSON.parse(`${"[".repeat(60)}${Array.from({ length: 30_000 }, () => 1)}${"]".repeat(60)}`);
  await takeWebhook(given.system, trigger, { payload, nonces: [] });
  const [issue] = await issuesOf(given);
  expect(issue?.description?.length).toBeLessThanOrEqual(100_000);
  expect(issue?.description?.startsWith("[\n    [\n")).toBe(true);
});
