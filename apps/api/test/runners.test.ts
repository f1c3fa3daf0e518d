import { createClient } from "@boardroom/contract";
import { connectDevice, machineOf, makeDeviceKey, signJwt, type TestCompany, useBoardroom } from "@boardroom/testing";
import { compactVerify, importJWK } from "jose";
import { describe, expect, it } from "vitest";
import { assign, hireLocal, refusalOf } from "./support/machines.ts";

const boardroom = useBoardroom();
const anybody = () => createClient({ baseUrl: boardroom.url });

describe("a machine", () => {
  it("registers by a code, gets a token for its key, hears of work, claims it once, renews, writes its log and ends it", async () => {
    const company = await boardroom.newCompany();
    const agent = await hireLocal(company);
    expect(agent.webhookSecret).toBeNull();
    const device = await connectDevice(company, { name: "Laptop A" });
    const socket = await device.connect();
    await device.heartbeat();
    expect(await device.claim()).toBeNull();

    const issue = await assign(company, agent.id);
    await socket.heard("work");
    const { job: jws } = await device.client.call("runners.claim", { body: { freeSlots: 1 } });
    const key = await importJWK(device.registration.serverKey, "EdDSA");
    const { payload, protectedHeader } = await compactVerify(jws ?? "", key);
    expect(protectedHeader).toMatchObject({ alg: "EdDSA", kid: device.registration.serverKey.kid });
    const claims = JSON.parse(new TextDecoder().decode(payload));
    const { job } = claims;
    expect(claims).toMatchObject({ aud: device.id, jti: `${job.run.id}:${job.run.fence}` });
    expect(job).toMatchObject({
      kind: "run",
      company: { id: company.cid },
      agent: { id: agent.id, name: "Worker" },
      task: { id: issue.id, identifier: issue.identifier, title: "Do it" },
      adapter: { type: "process" },
      session: null,
      workspace: null,
    });
    expect(await device.claim()).toBeNull();

    const run = { params: { id: job.run.id } };
    const withRun = boardroom.clientWith(job.runToken);
    expect(await withRun.call("runs.renew", { ...run, body: {} })).toMatchObject({ action: "continue" });
    await withRun.call("runLogs.append", { ...run, body: { seq: 0, offset: 0, content: "hello\n" } });
    await withRun.call("runs.complete", { ...run, body: { status: "succeeded", summary: "Done." } });
    const ended = await company.board.call("runs.get", run);
    expect(ended).toMatchObject({ status: "succeeded", runnerId: device.id, runnerName: "Laptop A" });
    socket.close();
  });

  it("is refused with the same sentence for a code that is wrong, used or expired", async () => {
    const company = await boardroom.newCompany();
    const makeCode = async () => {
      const { code, id } = await company.board.call("runnerCodes.create", { params: { cid: company.cid }, body: {} });
      return { code: code ?? "", id };
    };
    const register = (code: string) =>
      anybody().call("runners.register", { body: { code, publicKey: makeDeviceKey().x, ...machineOf({}) } });
    const [used, expired, withdrawn] = [await makeCode(), await makeCode(), await makeCode()];
    expect(used.code).toMatch(/^[0-9A-HJKMNP-TV-Z]{4}(-[0-9A-HJKMNP-TV-Z]{4}){2}$/);
    await register(used.code.toLowerCase().replaceAll("-", " "));
    await boardroom.ownerQuery("update runner_codes set expires_at = now() where id = $1", [expired.id]);
    await company.board.call("runnerCodes.revoke", { params: { id: withdrawn.id } });
    const refusals = await Promise.all(
      [used.code, expired.code, withdrawn.code, "AAAA-BBBB-CCCC", ""].map((code) =>
        register(code).catch(({ status, code: kind, message }) => ({ status, kind, message })),
      ),
    );
    expect(new Set(refusals.map((refusal) => JSON.stringify(refusal)))).toHaveLength(1);
    expect(refusals[0]).toMatchObject({ status: 404, kind: "not_found" });
    await expect(company.board.call("runnerCodes.revoke", { params: { id: used.id } })).rejects.toMatchObject({
      status: 409,
    });
  });
});

describe("what a device signs", () => {
  it("gets it a token only when its own key signed it, for us, just now, for a minute at most, and once", async () => {
    const device = await connectDevice(await boardroom.newCompany());
    const token = (assertion: string) => refusalOf(anybody().call("runners.token", { body: { assertion } }));
    const now = Math.floor(Date.now() / 1000);
    const once = device.assert();
    expect(await token(once)).toBe("taken");
    const [header, payload, signature] = device.assert().split(".");
    const forged = signJwt({ iss: device.id, companyId: device.registration.companyId }, makeDeviceKey().privateKey);
    for (const wrong of [
      once,
      forged,
      device.assert({ aud: "https://elsewhere.example" }),
      device.assert({ iss: crypto.randomUUID() }),
      device.assert({ companyId: crypto.randomUUID() }),
      device.assert({ iat: now - 600, exp: now - 540 }),
      device.assert({ exp: now + 86_400 }),
      device.assert({ iat: now + 3600, exp: now + 3660 }),
      device.assert({ jti: undefined }),
      `${Buffer.from('{"alg":"none"}').toString("base64url")}.${payload}.`,
      `${header}.${payload}.${signature?.replace(/^./, (first) => (first === "A" ? "B" : "A"))}`,
      "junk",
    ])
      expect([wrong, await token(wrong)]).toEqual([wrong, "401 unauthenticated"]);
  });

  it("is not listened to any more after many wrong ones from one address in a minute", async () => {
    const guess = async () => {
      const answer = await fetch(`${boardroom.url}/api/runners/register`, {
        method: "POST",
        headers: { "content-type": "application/json", "cf-connecting-ip": "203.0.113.77" },
        body: JSON.stringify({ code: "AAAA-AAAA-AAAA", publicKey: makeDeviceKey().x, ...machineOf({}) }),
      });
      return answer.status;
    };
    const first = await guess();
    let [last, tries] = [first, 1];
    while (last !== 429 && tries < 100) [last, tries] = [await guess(), tries + 1];
    expect([first, last]).toEqual([404, 429]);
  });
});

describe("the board", () => {
  it("looks at a machine's environment through the machine", async () => {
    const company = await boardroom.newCompany();
    const device = await connectDevice(company, { name: "Laptop A" });
    const look = (type: string) =>
      company.board.call("adapters.testEnvironment", {
        params: { cid: company.cid, type },
        body: { adapterConfig: type === "http" ? { url: "http://127.0.0.1:9/" } : { command: "true" } },
      });
    expect(await look("process")).toMatchObject({ status: "fail", checks: [{ code: "runner_offline" }] });
    const socket = await device.connect();
    const report = look("process");
    await socket.heard("work");
    const claims = await device.claim();
    if (claims?.job.kind !== "environment_test") throw new Error("There is no test to take.");
    const checks = [{ level: "info", code: "program_found", message: "true 9.1" } as const];
    await device.client.call("runners.reportTest", { params: { id: claims.job.testId }, body: { checks } });
    expect(await report).toMatchObject({ status: "pass", checks, runnerId: device.id, runnerName: "Laptop A" });
    expect(await look("http")).toMatchObject({ status: "pass", runnerId: null });
    socket.close();
  });

  it("reads in a sentence which machine its work waits for", async () => {
    const company = await boardroom.newCompany();
    await connectDevice(company, { name: "Laptop A", labels: ["mac"] });
    await connectDevice(company, { name: "Desk B" });
    const agent = await hireLocal(company, { runner: { labels: ["mac"] } });
    await assign(company, agent.id);
    const waits = () => company.board.call("runners.waits", { params: { cid: company.cid } });
    await expect
      .poll(async () => (await waits())[0]?.message)
      .toBe("1 task of Worker waits because only Laptop A has the label mac, and it is offline.");
  });

  it("keeps an agent on its machine when it changes the agent's heartbeat", async () => {
    const company = await boardroom.newCompany();
    const agent = await hireLocal(company, { runner: { labels: ["mac"] } });
    const changed = await company.board.call("agents.update", {
      params: { id: agent.id },
      body: { runtimeConfig: { heartbeat: { enabled: true, intervalSec: 600 } } },
    });
    expect(changed.runtimeConfig).toMatchObject({ runner: { labels: ["mac"] }, heartbeat: { intervalSec: 600 } });
    const moved = await company.board.call("agents.update", {
      params: { id: agent.id },
      body: { runtimeConfig: { runner: { labels: [] } } },
    });
    expect(moved.runtimeConfig).toMatchObject({ runner: { labels: [] }, heartbeat: { intervalSec: 600 } });
  });

  it("is offered kinds of agents that only its own machines know", async () => {
    const [company, other] = [await boardroom.newCompany(), await boardroom.newCompany()];
    const device = await connectDevice(company);
    const configSchema = { type: "object", properties: { depth: { type: "number" } } };
    const models = [{ id: "m-1", label: "M 1" }];
    const own = { type: "acme_agent", version: "2.0", label: "Acme", isExternal: true, configSchema, models };
    await device.heartbeat({ adapters: [...device.machine.adapters, own] });
    const typesOf = async ({ board, cid }: TestCompany) =>
      (await board.call("adapters.inCompany", { params: { cid } })).filter(({ isExternal }) => isExternal);
    expect(await typesOf(company)).toMatchObject([
      { type: "acme_agent", label: "Acme", place: "runner", configSchema },
    ]);
    expect(await typesOf(other)).toEqual([]);
    const ofAcme = { params: { cid: company.cid, type: "acme_agent" } };
    expect(await company.board.call("adapters.models", ofAcme)).toEqual(models);
    const hired = company.board.call("agents.create", {
      params: { cid: company.cid },
      body: { name: "Deep", adapterType: "acme_agent", adapterConfig: { depth: 3 } },
    });
    expect(await hired).toMatchObject({ adapterType: "acme_agent", webhookSecret: null });
  });
});

it("tells agents who configure agents which kinds there are, as text", async () => {
  const read = async (path: string) => {
    const answer = await fetch(`${boardroom.url}/api/llms/${path}`);
    return [answer.status, answer.headers.get("content-type"), await answer.text()];
  };
  const [status, type, text] = await read("agent-configuration.txt");
  expect([status, type]).toEqual([200, "text/plain; charset=utf-8"]);
  expect(text).toContain(`${boardroom.url}/api/llms/agent-configuration/http.txt`);
  expect((await read("agent-configuration/http.txt"))[2]).toContain("adapterConfig");
  expect((await read("agent-configuration/nothing.txt"))[0]).toBe(404);
});
