import { beforeAll, describe, expect, it } from "vitest";
import { type Tenant, type TestCtx, useDomainDatabase } from "../../test/domain-database.ts";
import { killableWorker, WorkerKilled } from "../../test/killable-worker.ts";
import { addAgent, storedWakes, type TestAgent } from "../../test/working-agents.ts";
import { systemActor } from "../context.ts";
import { addComment, createIssue, updateIssue } from "../issues/index.ts";
import * as interactions from "./index.ts";

const db = useDomainDatabase();
let tenant: Tenant;
let [ada, bob]: TestAgent[] = [];
let asAda: TestCtx;
let board: TestCtx;

beforeAll(async () => {
  tenant = await db.newTenant();
  [ada, bob] = [await addAgent(db.owner, tenant.companyId), await addAgent(db.owner, tenant.companyId)];
  board = tenant.board;
  asAda = tenant.asAgent(ada as TestAgent);
});

const unlessKilled = (error: unknown) => {
  if (!(error instanceof WorkerKilled)) throw error;
};
type Kind = Parameters<typeof interactions.createInteraction>[1]["kind"];
const newIssue = () => createIssue(board, { title: "Plan", billingCode: "R-7", assigneeAgentId: ada?.id ?? null });
async function ask(kind: Kind, payload: object, more: object = {}) {
  const issue = await newIssue();
  await db.owner.query("update wakes set status = 'done', run_id = null where company_id = $1", [tenant.companyId]);
  await db.owner.query("delete from heartbeat_runs where company_id = $1", [tenant.companyId]);
  const asked = await interactions.createInteraction(asAda, {
    id: issue.id,
    kind,
    payload: { version: 1, ...payload },
    ...more,
  });
  return { issue, asked, answer: { id: issue.id, iid: asked.id } };
}
const secondPerson = (): TestCtx => ({ ...board, actor: { ...board.actor, id: "someone-else", name: "Sam" } });
const issuesOf = async (iid: string) =>
  (
    await db.owner.query(
      `select i.identifier, i.title, i.origin_fingerprint as key, i.parent_id, i.assignee_agent_id as assignee, i.billing_code,
        i.request_depth, p.origin_fingerprint as parent_key, array(select b.origin_fingerprint from issue_blockers k
          join issues b on b.id = k.blocked_by_issue_id where k.issue_id = i.id) as waits_for
       from issues i left join issues p on p.id = i.parent_id where i.origin_kind = 'interaction' and i.origin_id = $1 order by i.issue_number`,
      [iid],
    )
  ).rows;

const tasks = () => [
  { clientKey: "site", title: "Build the site" },
  { clientKey: "draft", title: "Draft the texts", parentClientKey: "site", assigneeAgentId: ada?.id },
  {
    clientKey: "check",
    title: "Check them",
    parentClientKey: "draft",
    assigneeAgentId: bob?.id,
    blockedByClientKeys: ["draft"],
  },
];

describe("suggested tasks", () => {
  it("become issues with their parents, assignees, blockers and wakes, and say which they are", async () => {
    const { issue, answer, asked } = await ask("suggest_tasks", { tasks: tasks() });
    const done = await interactions.acceptInteraction(board, { ...answer, note: "Go" });
    const made = await issuesOf(asked.id);
    expect(made).toMatchObject([
      { key: "site", parent_id: issue.id, assignee: null, billing_code: "R-7", request_depth: 0, waits_for: [] },
      { key: "draft", parent_key: "site", assignee: ada?.id, request_depth: 0 },
      { key: "check", parent_key: "draft", assignee: bob?.id, request_depth: 1, waits_for: ["draft"] },
    ]);
    expect(done).toMatchObject({
      status: "accepted",
      result: {
        outcome: "accepted",
        note: "Go",
        createdTasks: made.map(({ key, identifier }) => ({ clientKey: key, identifier })),
      },
    });
    const reasons = (await storedWakes(db.owner, ada as TestAgent)).slice(-2).map(({ reason }) => reason);
    expect(reasons.toSorted()).toEqual(["interaction_resolved", "issue_assigned"]);
    expect((await storedWakes(db.owner, bob as TestAgent)).at(-1)).toMatchObject({
      status: "skipped",
      skip_reason: "issue_blocked",
    });
  });

  it("are accepted in part: what is left out hands its place on, and an unknown key changes nothing", async () => {
    const { issue, answer, asked } = await ask("suggest_tasks", { tasks: tasks() });
    await expect(
      interactions.acceptInteraction(board, { ...answer, selectedClientKeys: ["check", "nothing"] }),
    ).rejects.toMatchObject({ code: "invalid_request" });
    expect(await issuesOf(asked.id)).toEqual([]);
    await interactions.acceptInteraction(board, { ...answer, selectedClientKeys: ["check"] });
    expect(await issuesOf(asked.id)).toMatchObject([{ key: "check", parent_id: issue.id, waits_for: [] }]);
  });

  it("are made once, however often and by however many people they are accepted", async () => {
    const { answer, asked } = await ask("suggest_tasks", { tasks: tasks() });
    const outcomes = await Promise.allSettled(
      Array.from({ length: 12 }, (_, n) => interactions.acceptInteraction(n % 3 ? board : secondPerson(), answer)),
    );
    expect(await issuesOf(asked.id)).toHaveLength(3);
    const results = new Set(
      outcomes.map((each) => (each.status === "fulfilled" ? JSON.stringify(each.value.result) : "refused")),
    );
    expect(results).toHaveLength(2);
    const refusal = outcomes.find((each) => each.status === "rejected");
    expect(refusal?.reason).toMatchObject({ code: "stale_state", details: { resolvedByUserId: expect.any(String) } });
    expect(refusal?.reason.message).toMatch(/answered this already: accepted/);
  });

  it("are made once, wherever the Worker that makes them is killed", async () => {
    for (let at = 1; ; at++) {
      const { answer, asked } = await ask("suggest_tasks", { tasks: tasks() });
      const deaths = [false, true].map((isAfter) => killableWorker(board, { at, isAfter }));
      for (const { ctx } of deaths) await interactions.acceptInteraction(ctx, answer).catch(unlessKilled);
      const done = await interactions.acceptInteraction(board, answer);
      expect(done.status).toBe("accepted");
      expect(await issuesOf(asked.id)).toHaveLength(3);
      if (deaths.every(({ awaits }) => awaits() < at)) break;
    }
  });

  it("that close a circle, name each other wrongly or name no agent are refused when they are suggested", async () => {
    const issue = await newIssue();
    const suggest = (list: object[]) =>
      interactions.createInteraction(asAda, {
        id: issue.id,
        kind: "suggest_tasks",
        payload: { version: 1, tasks: list },
      });
    const circle = [
      { clientKey: "a", title: "A", parentClientKey: "b" },
      { clientKey: "b", title: "B", parentClientKey: "a" },
    ];
    const waits = [
      { clientKey: "a", title: "A", blockedByClientKeys: ["b"] },
      { clientKey: "b", title: "B", blockedByClientKeys: ["a"] },
    ];
    for (const list of [
      circle,
      waits,
      [{ clientKey: "a", title: "A", parentClientKey: "z" }],
      [...circle.slice(0, 1), ...circle],
    ])
      await expect(suggest(list)).rejects.toMatchObject({ code: "invalid_request" });
    const stranger = await addAgent(db.owner, (await db.newTenant()).companyId);
    await expect(suggest([{ clientKey: "a", title: "A", assigneeAgentId: stranger.id }])).rejects.toMatchObject({
      code: "invalid_reference",
    });
  });
});

const questions = [
  {
    id: "size",
    prompt: "Which size?",
    selectionMode: "single",
    options: [
      { id: "s", label: "Small" },
      { id: "l", label: "Large" },
    ],
  },
  {
    id: "more",
    prompt: "What else?",
    selectionMode: "multi",
    required: false,
    allowOther: false,
    options: [{ id: "x", label: "X" }],
  },
];

describe("questions", () => {
  it("are answered with options or words of one's own, and whoever asked is told", async () => {
    const { answer } = await ask("ask_user_questions", { questions });
    const answers = [{ questionId: "size", optionIds: [], otherText: " Medium " }];
    expect(await interactions.respondInteraction(board, { ...answer, answers })).toMatchObject({
      status: "answered",
      result: { outcome: "answered", answers: [{ questionId: "size", optionIds: [], otherText: "Medium" }] },
    });
    expect((await storedWakes(db.owner, ada as TestAgent)).at(-1)).toMatchObject({
      reason: "interaction_resolved",
      payload: { outcome: "answered", interactionKind: "ask_user_questions" },
    });
  });

  it.each([
    ["an unknown question", [{ questionId: "no", optionIds: [] }], "no such question"],
    ["an unknown option", [{ questionId: "size", optionIds: ["xl"] }], "no such option"],
    ["two answers to one", [{ questionId: "size", optionIds: ["s", "l"] }], "one answer only"],
    [
      "words where none are taken",
      [
        { questionId: "size", optionIds: ["s"] },
        { questionId: "more", optionIds: [], otherText: "y" },
      ],
      "no words",
    ],
    [
      "the same twice",
      [
        { questionId: "size", optionIds: ["s"] },
        { questionId: "size", optionIds: ["l"] },
      ],
      "twice",
    ],
    ["nothing where something is needed", [{ questionId: "more", optionIds: ["x"] }], "every question"],
  ])("refuse %s", async (_, answers, sentence) => {
    const { answer } = await ask("ask_user_questions", { questions });
    await expect(interactions.respondInteraction(board, { ...answer, answers })).rejects.toThrow(sentence);
    await expect(interactions.acceptInteraction(board, answer)).rejects.toMatchObject({ code: "unsupported" });
  });
});

it("a list is answered with what is ticked, even nothing, and with what it holds only", async () => {
  const { answer } = await ask("request_checkbox_confirmation", {
    prompt: "Which?",
    items: [
      { id: "a", label: "A" },
      { id: "b", label: "B" },
    ],
  });
  await expect(interactions.respondInteraction(board, { ...answer, checked: ["c"] })).rejects.toThrow("no such item");
  await expect(interactions.respondInteraction(board, answer)).rejects.toMatchObject({ code: "invalid_request" });
  const [one, two] = [
    await interactions.respondInteraction(board, { ...answer, checked: ["b"] }),
    await interactions.respondInteraction(board, { ...answer, checked: ["b"] }),
  ];
  expect(one).toMatchObject({ status: "answered", result: { checked: ["b"] } });
  expect(two).toMatchObject({ id: one.id, result: one.result, resolvedAt: one.resolvedAt });
  await expect(interactions.respondInteraction(board, { ...answer, checked: [] })).rejects.toMatchObject({
    code: "stale_state",
  });
});

describe("a question that is overtaken", () => {
  const confirmation = (more: object = {}) => ({ prompt: "Ship it?", ...more });

  it("gives way to the same agent's newer one of its kind and target, and to no other", async () => {
    const { issue, asked } = await ask("request_confirmation", confirmation({ target: { type: "document", id: "a" } }));
    const again = (payload: object) =>
      interactions.createInteraction(asAda, {
        id: issue.id,
        kind: "request_confirmation",
        payload: { version: 1, ...payload },
      });
    await again(confirmation({ target: { type: "document", id: "b" } }));
    await interactions.createInteraction(board, {
      id: issue.id,
      kind: "request_confirmation",
      payload: { version: 1, ...confirmation({ target: { id: "a", type: "document" } }) },
    });
    const statusOf = async () => {
      const { items } = await interactions.listInteractions(board, { id: issue.id, limit: 10 });
      return items.find(({ id }) => id === asked.id);
    };
    expect(await statusOf()).toMatchObject({ status: "pending" });
    const newer = await again(confirmation({ target: { id: "a", type: "document" } }));
    expect(await statusOf()).toMatchObject({
      status: "cancelled",
      result: { outcome: "superseded", byInteractionId: newer.id },
    });
  });

  it("is stale after a person's comment when it says so, and who asked is told", async () => {
    const { issue, answer } = await ask("request_confirmation", confirmation({ supersedeOnUserComment: true }));
    const other = await ask("request_confirmation", confirmation());
    await addComment(asAda, { id: issue.id, body: "Still waiting." });
    await addComment(board, { id: other.issue.id, body: "Hm." });
    await updateIssue(board, { id: issue.id, comment: "Wait, not yet." });
    await expect(interactions.acceptInteraction(board, answer)).rejects.toMatchObject({
      details: { status: "cancelled" },
    });
    expect(await interactions.acceptInteraction(board, other.answer)).toMatchObject({ status: "accepted" });
    const wakes = await storedWakes(db.owner, ada as TestAgent);
    expect(wakes.some(({ payload }) => payload?.outcome === "superseded")).toBe(true);
  });

  it("expires when nobody answers in time, wakes who asked, and can't be answered even before that is noted", async () => {
    const { answer, asked } = await ask("request_confirmation", confirmation(), { expiresInSec: 60 });
    const late = await ask("request_confirmation", confirmation());
    expect(Date.parse(late.asked.expiresAt) - Date.now()).toBeGreaterThan(6 * 86_400_000);
    await db.owner.query("update issue_interactions set expires_at = now() - interval '1 second' where id = $1", [
      asked.id,
    ]);
    await expect(interactions.acceptInteraction(board, answer)).rejects.toMatchObject({ code: "stale_state" });
    const contextFor = () => ({ ...board, actor: systemActor });
    expect(await interactions.expireInteractions(db.database.system("test"), contextFor)).toBe(1);
    expect(await interactions.expireInteractions(db.database.system("test"), contextFor)).toBe(0);
    expect((await storedWakes(db.owner, ada as TestAgent)).at(-1)).toMatchObject({
      reason: "interaction_resolved",
      payload: { outcome: "expired" },
    });
  });
});
