import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type OperationId, operationIds } from "@boardroom/contract";
import { behaviours, connectDevice, useOwnBoardroom } from "@boardroom/testing";
import { afterAll, beforeAll, expect, it } from "vitest";
import * as z from "zod";
import { viewEvents } from "./event-viewer.ts";
import { allowedPairs, declared, exampleCall, sendCall } from "./support/calls.ts";
import { type Canary, findCanaries, newCanary } from "./support/canaries.ts";
import { send } from "./support/send.ts";
import { newTenant, type Tenant } from "./support/tenant.ts";

const folder = mkdtempSync(join(tmpdir(), "boardroom-canaries-"));
const logFile = join(folder, "worker.log");
const boardroom = useOwnBoardroom({ logFile, servesFiles: false });
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Fields of bodies that take a secret. A new one has to be planted here, or be said to be none. */
const secretFields: Record<string, string> = {
  "secrets.create.value": "stored",
  "secrets.rotate.value": "rotated",
};
const looksSecret = /secret|password|token|credential|^value$|^code$|^auth$|^p256dh$/i;
/** Names, codes that people type, usage figures; what a browser makes for pushes to it, which only it can read. */
const noSecrets =
  /^(secrets\.adopt\.|runners\.(register|token)\.|runs\.|costs\.|routines\.run\.|agents\.|cliAuth\.|pushSubscriptions\.|.*Tokens$)/;

let tenant: Tenant;
let canaries: Canary[];
/** What went to the agent and to the machine, where alone a secret belongs. */
let webhookBodies: string[];
let job: string;

const reference = (key: string) => `\${secret:${key}}`;
/** What an agent might do with a secret: print it in every way there is. */
const babble = (value: string) =>
  [
    value,
    Buffer.from(`user:${value}`).toString("base64"),
    Buffer.from(value).toString("hex"),
    encodeURIComponent(value),
  ].join(" | ");

beforeAll(async () => {
  tenant = await newTenant(boardroom);
  const { board, cid } = tenant;
  const [first, header, rotated, env, adopted] = ["first", "header", "rotated", "env", "adopted"].map((name) =>
    newCanary(name),
  ) as [Canary, Canary, Canary, Canary, Canary];
  const store = (key: string, { value }: Canary) =>
    board.call("secrets.create", { params: { cid }, body: { name: key, key, value } });
  const { id } = await store("rotating", first);
  await store("header", header);
  await store("env", env);
  await board.call("secrets.rotate", { params: { id }, body: { value: rotated.value, keepDays: 7 } });
  const trigger = await board.call("routineTriggers.rotateSecret", {
    params: { id: tenant.ids.routineTrigger },
  });
  await callAgent([header, rotated]);
  await runOnMachine(env, adopted);
  await boardroom.runScheduled();
  canaries = [first, header, rotated, env, adopted];
  const shownOnce = { webhook: tenant.agent.webhookSecret, trigger: trigger.secretMaterial?.webhookSecret ?? "" };
  canaries.push(...Object.entries(shownOnce).map(([name, value]) => ({ name, value })));
}, 120_000);

/** An agent that is given two secrets in headers, and then says them in every place where it can say something. */
async function callAgent([header, rotated]: [Canary, Canary]): Promise<void> {
  const { board, cid } = tenant;
  const said = babble(header.value) + babble(rotated.value);
  const { agent, server } = await boardroom.hireHttpAgent(tenant, { contextMode: "fat" });
  const headers = { "X-Header": reference("header"), "X-Rotating": `Token ${reference("rotating")}` };
  await board.call("agents.update", {
    params: { id: agent.id },
    body: { adapterConfig: { url: server.url, headers } },
  });
  server.behave(
    behaviours.workThenFinish(
      async ({ api, payload, runId }) => {
        const of = { params: { id: payload.data.taskId ?? "" } };
        await api.call("issues.comment", { ...of, body: { body: `I was given ${said}` } });
        await api.call("issues.update", { ...of, body: { description: said, title: said.slice(0, 150) } });
        await api.call("documents.put", {
          params: { id: of.params.id, key: "found" },
          body: { title: said.slice(0, 150), body: said, changeSummary: said.slice(0, 200) },
        });
        const file = await fetch(`${boardroom.url}/api/companies/${cid}/issues/${of.params.id}/attachments`, {
          method: "POST",
          headers: {
            authorization: `Bearer ${payload.data.runToken}`,
            "x-file-name": encodeURIComponent(header.value),
          },
          body: said,
        });
        if (file.status !== 403) throw new Error(`The file was answered with ${file.status}`);
        await api.call("runs.addEvents", {
          params: { id: runId },
          body: { events: [{ seq: 1, kind: "note", message: said.slice(0, 900), data: { said } }] },
        });
        let offset = 0;
        for (const [seq, content] of [said.slice(0, 40), said.slice(40, 77), `${said.slice(77)}\n`].entries()) {
          await api.call("runLogs.append", { params: { id: runId }, body: { seq, offset, content } });
          offset += Buffer.byteLength(content);
        }
        await api.call("runs.renew", { params: { id: runId }, body: { progress: said.slice(0, 500) } });
      },
      { summary: said, sessionParams: { sessionId: "s1", said } },
    ),
  );
  const issue = await board.call("issues.create", {
    params: { cid },
    body: { title: "Say it", assigneeAgentId: agent.id },
  });
  const { headers: sent, body, runId } = await server.webhook();
  expect(sent["x-header"]).toBe(header.value);
  expect(sent["x-rotating"]).toBe(`Token ${rotated.value}`);
  await boardroom.waitForRun(tenant, runId, "succeeded");
  expect(server.errors).toEqual([]);
  expect((await board.call("issues.get", { params: { id: issue.id } })).description).toContain("****");
  webhookBodies = [body];
}

/** A machine's run with secrets of its agent and its project; one of them stood plainly in the settings before. */
async function runOnMachine(env: Canary, adopted: Canary): Promise<void> {
  const { board, cid } = tenant;
  const device = await connectDevice(tenant, { name: "Builder" });
  const project = await board.call("projects.create", {
    params: { cid },
    body: { name: "Secret", env: { DEPLOY: reference("env") } },
  });
  const agent = await board.call("agents.create", {
    params: { cid },
    body: {
      name: "Builder",
      adapterType: "process",
      adapterConfig: { command: "true", env: { API_TOKEN: adopted.value } },
    },
  });
  await board.call("secrets.adopt", {
    params: { id: agent.id },
    body: { section: "env", field: "API_TOKEN", key: "adopted" },
  });
  await board.call("issues.create", {
    params: { cid },
    body: { title: "Build", assigneeAgentId: agent.id, projectId: project.id },
  });
  const claimed = await device.claimRun();
  expect(claimed.secrets).toEqual({ API_TOKEN: adopted.value, DEPLOY: env.value });
  job = JSON.stringify({ ...claimed, secrets: {} });
}

it("knows every field of the contract that takes a secret", () => {
  const fields = operationIds.flatMap((id) => {
    const { body } = declared(id);
    return body instanceof z.ZodObject ? Object.keys(body.shape).map((field) => `${id}.${field}`) : [];
  });
  const secret = fields.filter(
    (field) => looksSecret.test(field.slice(field.lastIndexOf(".") + 1)) && !noSecrets.test(field),
  );
  expect(secret.filter((field) => !(field in secretFields))).toEqual([]);
  expect(Object.keys(secretFields).filter((field) => !fields.includes(field))).toEqual([]);
});

it("gives secrets out in headers and environments alone, never in prompts or the rest of a job", () => {
  expect(findCanaries([...webhookBodies, job].join("\n"), canaries)).toEqual([]);
});

it("shows no secret in any read of anybody", async () => {
  const found: string[] = [];
  const reads = allowedPairs.filter(([id]) => declared(id).effect === "read");
  for (const [id, as] of reads) {
    const { text } = await sendCall(boardroom.url, await exampleCall(tenant, id, as));
    found.push(...findCanaries(text, canaries).map((name) => `${name} in ${id} to ${as}`));
  }
  for (const path of await ownPaths()) {
    const { status, text } = await send(boardroom.url, "GET", path, { headers: tenant.headers.session });
    expect([path, status]).toEqual([path, 200]);
    found.push(...findCanaries(text, canaries).map((name) => `${name} in ${path}`));
  }
  expect(found).toEqual([]);
}, 120_000);

/** What was made here beside the examples: all runs, issues and agents with all that belongs to them. */
async function ownPaths(): Promise<string[]> {
  const { board, cid } = tenant;
  const of = { params: { cid }, query: { limit: 100 } };
  const [runs, issues, agents] = await Promise.all([
    board.call("runs.list", of),
    board.call("issues.list", of),
    board.call("agents.list", of),
  ]);
  return [
    ...runs.flatMap(({ id }) =>
      ["", "/events", "/log?offset=0", "/issues"].map((part) => `/heartbeat-runs/${id}${part}`),
    ),
    ...issues.flatMap(({ id }) =>
      ["", "/comments", "/documents", "/attachments", "/activity", "/runs", "/heartbeat-context"].map(
        (part) => `/issues/${id}${part}`,
      ),
    ),
    ...agents.flatMap(({ id }) =>
      ["", "/runtime-state", "/task-sessions", "/config-revisions"].map((part) => `/agents/${id}${part}`),
    ),
    `/companies/${cid}/activity?limit=200`,
  ];
}

it("sends none with live events, exports or mails", async () => {
  const viewer = await viewEvents(boardroom.url, tenant.cid, { headers: tenant.headers.session, lastEventId: "0.0" });
  await viewer.sees("the machine's run", ({ action }) => action === "run.started");
  const events = JSON.stringify(viewer.events);
  await viewer.close();
  const exported = await send(boardroom.url, "GET", `/companies/${tenant.cid}/audit/export`, {
    headers: tenant.headers.session,
  });
  expect(exported.text).toContain('"type":"end"');
  const mails = await (await fetch(`${boardroom.addresses.mailboxUrl}/emails.json`)).text();
  expect(findCanaries([events, exported.text, mails].join("\n"), canaries)).toEqual([]);
});

it("repeats none in an error", async () => {
  const { cid, headers } = tenant;
  const secret = newCanary("refused");
  const bodies: [OperationId, string, unknown][] = [
    ["secrets.create", `/companies/${cid}/secrets`, { name: "x", key: "no key", value: secret.value }],
    ["secrets.create", `/companies/${cid}/secrets`, { name: "x", key: "header", value: secret.value }],
    ["secrets.rotate", `/secrets/${tenant.ids.secret}/rotate`, { value: [secret.value] }],
    ["secrets.rotate", `/secrets/${cid}/rotate`, { value: secret.value }],
  ];
  for (const [id, path, body] of bodies) {
    const answer = await send(boardroom.url, declared(id).method, path, { headers: headers.session, body });
    expect(answer.status).toBeGreaterThanOrEqual(400);
    expect(findCanaries(answer.text, [secret]), answer.text).toEqual([]);
  }
  const broken = await send(boardroom.url, "POST", `/companies/${cid}/secrets`, {
    headers: { ...headers.session, "content-type": "application/json" },
    raw: `{"value":"${secret.value}"`,
  });
  expect([broken.status, findCanaries(broken.text, [secret])]).toEqual([400, []]);
  canaries.push(secret);
});

it("keeps none in the database, but sealed, nor in what the Worker prints", async () => {
  const tables = await boardroom.ownerQuery<{ name: string }>(
    "select quote_ident(relname) as name from pg_class where relkind in ('r', 'p') and relnamespace = 'public'::regnamespace",
  );
  const callers = ["agentKey", "boardKey", "runnerToken", "runToken"] as const;
  const keys = callers.map((name) => ({
    name,
    value: (tenant.headers[name].authorization ?? "").replace("Bearer ", ""),
  }));
  expect(keys.filter(({ value }) => value.length < 20)).toEqual([]);
  const hidden = [...canaries, ...keys];
  const found: string[] = [];
  for (const { name } of tables) {
    const rows = await boardroom.ownerQuery<{ row: string }>(`select to_jsonb(t)::text as row from ${name} t`);
    found.push(...findCanaries(rows.map(({ row }) => row).join("\n"), hidden).map((canary) => `${canary} in ${name}`));
  }
  expect(found).toEqual([]);
  expect(findCanaries(readFileSync(logFile, "utf8"), hidden)).toEqual([]);
});
