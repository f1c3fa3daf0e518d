import { createHmac, randomUUID } from "node:crypto";
import type { OperationCall, Operations } from "@boardroom/contract";
import { behaviours, type TestCompany, useOwnBoardroom } from "@boardroom/testing";
import { describe, expect, it } from "vitest";
import { readError } from "./support/send.ts";

const boardroom = useOwnBoardroom();
type Draft = OperationCall<Operations["routines.create"]>["body"];
type TriggerDraft = OperationCall<Operations["routines.createTrigger"]>["body"];

/** A company with an agent at work and its routine. */
async function givenRoutine(draft: Partial<Draft> = {}) {
  const company = await boardroom.newCompany();
  const hired = await boardroom.hireHttpAgent(company, { behaviour: behaviours.finish() });
  const body = { title: "Look after {{topic}}", assigneeAgentId: hired.agent.id, ...draft };
  const variables = [{ name: "topic", default: "the plants" }];
  const routine = await company.board.call("routines.create", {
    params: { cid: company.cid },
    body: { variables, ...body },
  });
  return { company, hired, id: routine.id };
}

async function givenWebhook(trigger: Partial<TriggerDraft> = {}, draft: Partial<Draft> = {}) {
  const given = await givenRoutine(draft);
  const params = { id: given.id };
  const created = await given.company.board.call("routines.createTrigger", {
    params,
    body: { kind: "webhook", ...trigger },
  });
  const { webhookUrl = "", webhookSecret = "" } = created.secretMaterial ?? {};
  return { ...given, trigger: created.trigger, url: webhookUrl, secret: webhookSecret };
}

interface Sent {
  status: number;
  answer: Record<string, unknown>;
}

async function post(url: string, headers: Record<string, string>, body?: string): Promise<Sent> {
  const response = await fetch(url, {
    method: "POST",
    headers: { "content-type": "application/json", ...headers },
    body: body ?? null,
  });
  const text = await response.text();
  const answer: Record<string, unknown> = JSON.parse(text);
  if (response.status >= 400) readError({ status: response.status, headers: response.headers, text });
  return { status: response.status, answer };
}

const hmac = (secret: string, text: string) => createHmac("sha256", secret).update(text).digest("hex");
const nowSeconds = () => Math.floor(Date.now() / 1000);

/** Headers of a delivery that is signed at a time. */
const signed = (secret: string, body: string, at = nowSeconds()) => ({
  "x-boardroom-timestamp": String(at),
  "x-boardroom-signature": `sha256=${hmac(secret, `${at}.${body}`)}`,
});
const issuesOf = ({ board, cid }: TestCompany) => board.call("issues.list", { params: { cid } });

describe("a webhook fires a routine", () => {
  it("from the signed delivery over the issue to the agent that is woken for it and ends its run", async () => {
    const { company, hired, id, url, secret, trigger } = await givenWebhook({ signingMode: "hmac_sha256" });
    const body = JSON.stringify({ topic: "the fish", from: "sensor" });
    const { status, answer } = await post(url, signed(secret, body), body);
    expect([status, answer.status]).toEqual([202, "issue_created"]);
    expect(Object.keys(answer).sort()).toEqual(["explanation", "id", "reason", "status"]);
    const [issue] = await issuesOf(company);
    expect(issue).toMatchObject({ title: "Look after the fish", originKind: "routine", originId: id });
    const { runId, payload } = await hired.server.webhook();
    expect(payload.data).toMatchObject({
      wakeReason: "routine_fired",
      taskId: issue?.id,
      context: {
        source: "automation",
        routineId: id,
        triggerId: trigger.id,
        payload: { topic: "the fish", from: "sensor" },
      },
    });
    await boardroom.waitForRun(company, runId, "succeeded");
    const [run] = await company.board.call("routines.runs", { params: { id } });
    expect(run).toMatchObject({
      id: answer.id,
      source: "webhook",
      status: "issue_created",
      variables: { topic: "the fish" },
    });
    expect(run?.linkedIssue).toMatchObject({ identifier: issue?.identifier });
  });

  it("by bearer, without a body, and once under one idempotency key", async () => {
    const { company, url, secret } = await givenWebhook(
      { signingMode: "bearer" },
      { concurrencyPolicy: "always_enqueue" },
    );
    const authorization = `Bearer ${secret}`;
    expect((await post(url, { authorization })).status).toBe(202);
    expect((await post(url, { authorization, "idempotency-key": "k" })).status).toBe(202);
    expect((await post(url, { authorization, "idempotency-key": "k" })).status).toBe(409);
    expect(await issuesOf(company)).toMatchObject([
      { title: "Look after the plants" },
      { title: "Look after the plants" },
    ]);
  });

  it("by GitHub, as JSON or as a form, after its ping", async () => {
    const { company, url, secret } = await givenWebhook(
      { signingMode: "github_hmac" },
      { concurrencyPolicy: "always_enqueue" },
    );
    const deliver = (body: string, headers: Record<string, string> = {}) =>
      post(
        url,
        { "x-hub-signature-256": `sha256=${hmac(secret, body)}`, "x-github-delivery": randomUUID(), ...headers },
        body,
      );
    const ping = await deliver('{"zen":"Keep it simple."}', { "x-github-event": "ping" });
    expect(ping).toMatchObject({ status: 200, answer: { status: "pong" } });
    expect((await deliver('{"topic":"the cat"}', { "x-github-event": "issues" })).status).toBe(202);
    const form = new URLSearchParams({ payload: '{"topic":"the dog & co"}' }).toString();
    expect((await deliver(form, { "content-type": "application/x-www-form-urlencoded" })).status).toBe(202);
    expect((await issuesOf(company)).map(({ title }) => title)).toEqual([
      "Look after the dog & co",
      "Look after the cat",
    ]);
    // Whoever recorded one delivery gains nothing, whatever id they give it.
    expect((await deliver('{"topic":"the cat"}')).status).toBe(409);
    const known = { "x-github-delivery": "72d3162e-cc78-11e3-81ab-4c9367dc0958" };
    expect((await deliver('{"topic":"a"}', known)).status).toBe(202);
    expect((await deliver('{"topic":"b"}', known)).status).toBe(409);
  });
});

describe("a webhook that can't prove itself", () => {
  it("learns nothing: unknown, unsigned and wrongly signed are answered alike, paused or not", async () => {
    const { company, id, url, secret } = await givenWebhook({ signingMode: "hmac_sha256" });
    const unknown = url.replace(/[0-9a-f]{32}/, "0".repeat(32));
    const misnamed = url.replace(/[0-9a-f]{32}/, "nobody");
    const tries = async () => [
      await post(unknown, signed(secret, "{}"), "{}"),
      await post(misnamed, signed(secret, "{}"), "{}"),
      await post(url, {}, "{}"),
      await post(url, signed("whsec_other", "{}"), "{}"),
      await post(url, signed(secret, "{}"), '{"more":1}'),
      await post(url, { authorization: `Bearer ${secret}` }, "{}"),
      await post(url, { ...signed(secret, "{}"), "x-boardroom-timestamp": String(nowSeconds() + 7) }, "{}"),
    ];
    const answers = await tries();
    await company.board.call("routines.update", { params: { id }, body: { status: "paused" } });
    answers.push(...(await tries()));
    const told = answers.map(({ status, answer: { requestId: _, ...rest } }) => JSON.stringify([status, rest]));
    expect(new Set(told).size).toBe(1);
    expect(answers[0]).toMatchObject({ status: 401, answer: { code: "unauthenticated" } });
    expect(await issuesOf(company)).toEqual([]);
  });

  it("is refused when it comes again, too late, too early, or with a secret of before", async () => {
    const { company, url, secret, trigger } = await givenWebhook({ signingMode: "hmac_sha256", replayWindowSec: 60 });
    const headers = signed(secret, "{}");
    expect((await post(url, headers, "{}")).status).toBe(202);
    const replays = [
      headers,
      {
        ...headers,
        "x-boardroom-signature": (headers["x-boardroom-signature"] ?? "").toUpperCase().replace("SHA256", "sha256"),
      },
      {
        "x-paperclip-timestamp": headers["x-boardroom-timestamp"],
        "x-paperclip-signature": headers["x-boardroom-signature"],
      },
    ];
    for (const replay of replays) expect((await post(url, replay, "{}")).status).toBe(409);
    for (const at of [nowSeconds() - 100, nowSeconds() + 100]) {
      const { status, answer } = await post(url, signed(secret, "{}", at), "{}");
      expect([status, answer.error]).toEqual([401, "The timestamp is more than 60 seconds off. Send it anew."]);
    }
    const params = { id: trigger.id };
    const rotated = await company.board.call("routineTriggers.rotateSecret", { params });
    expect((await post(url, signed(secret, "[1]"), "[1]")).status).toBe(401);
    expect((await post(url, signed(rotated.secretMaterial?.webhookSecret ?? "", "[1]"), "[1]")).status).toBe(202);
    await company.board.call("routineTriggers.delete", { params });
    expect((await post(url, signed(rotated.secretMaterial?.webhookSecret ?? "", "[2]"), "[2]")).status).toBe(401);
    expect(await company.board.call("routines.runs", { params: { id: trigger.routineId } })).toHaveLength(2);
  });
});

it("a genuine webhook is told what stands against it", async () => {
  const { company, id, url, secret } = await givenWebhook({}, { variables: [{ name: "topic", required: true }] });
  const headers = { authorization: `Bearer ${secret}` };
  const refused = async (body: string) => {
    const { status, answer } = await post(url, headers, body);
    return `${status} ${answer.code}`;
  };
  expect(await refused("{}")).toBe("400 invalid_request");
  expect(await refused("{")).toBe("400 malformed_json");
  expect(await refused('{"topic":"a\\u0000b"}')).toBe("400 invalid_request");
  expect(await refused(`"${"x".repeat(65_536)}"`)).toBe("413 payload_too_large");
  await company.board.call("routines.update", { params: { id }, body: { status: "paused" } });
  expect(await refused('{"topic":"x"}')).toBe("409 conflict");
  expect((await fetch(url)).status).toBe(405);
  expect(await issuesOf(company)).toEqual([]);
});

it("a webhook asks the database once who it is and once for what comes of it", async () => {
  const { hired, url, secret } = await givenWebhook();
  const byTag = await boardroom.countRequests(async () => {
    await post(url, { authorization: `Bearer ${secret}` }, "{}");
    await hired.server.webhook();
  });
  expect(byTag).toMatchObject({ "auth:routines.webhook": 1, "routines.webhook": 1 });
});

describe("the cron trigger", () => {
  it("fires a schedule on its minute, and the agent works on the issue", async () => {
    const { company, hired, id } = await givenRoutine();
    const { trigger } = await company.board.call("routines.createTrigger", {
      params: { id },
      body: { kind: "schedule", cronExpression: "0 9 * * 1-5", timezone: "Europe/Berlin" },
    });
    await boardroom.ownerQuery(
      "update routine_triggers set next_run_at = date_trunc('second', now()), is_slot = true where id = $1",
      [trigger.id],
    );
    await Promise.all([boardroom.runScheduled(), boardroom.runScheduled()]);
    const { runId, payload } = await hired.server.webhook();
    expect(payload.data).toMatchObject({ wakeReason: "routine_fired", context: { routineSource: "schedule" } });
    await boardroom.waitForRun(company, runId, "succeeded");
    const routine = await company.board.call("routines.get", { params: { id } });
    expect(routine).toMatchObject({
      lastRun: { source: "schedule", status: "issue_created" },
      nextRunAt: trigger.nextRunAt,
    });
    expect(await company.board.call("routines.runs", { params: { id } })).toHaveLength(1);
    expect(await issuesOf(company)).toHaveLength(1);
  });

  it("finds a new schedule and sets its next slot", async () => {
    const { company, id } = await givenRoutine();
    const { trigger } = await company.board.call("routines.createTrigger", {
      params: { id },
      body: { kind: "schedule", cronExpression: "0 9 1 1 *" },
    });
    await boardroom.runScheduled();
    const [stored] = await boardroom.ownerQuery<{ at: Date; is_slot: boolean }>(
      "select next_run_at as at, is_slot from routine_triggers where id = $1",
      [trigger.id],
    );
    expect([stored && new Date(stored.at).toISOString(), stored?.is_slot]).toEqual([trigger.nextRunAt, true]);
  });
});
