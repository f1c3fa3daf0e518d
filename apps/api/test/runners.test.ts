import { createClient } from "@boardroom/contract";
import { connectDevice, machineOf, makeDeviceKey, type TestCompany, useBoardroom } from "@boardroom/testing";
import { compactVerify, importJWK } from "jose";
import { describe, expect, it } from "vitest";

const boardroom = useBoardroom();
const anybody = () => createClient({ baseUrl: boardroom.url });

/** Hires an agent that only a runner can start. */
const hire = async ({ board, cid }: TestCompany, runtimeConfig = {}) =>
  board.call("agents.create", {
    params: { cid },
    body: { name: "Worker", adapterType: "process", adapterConfig: { command: "true" }, runtimeConfig },
  });
const assign = ({ board, cid }: TestCompany, assigneeAgentId: string) =>
  board.call("issues.create", { params: { cid }, body: { title: "Do it", assigneeAgentId, status: "todo" } });

describe("a machine", () => {
  it("registers by a code, gets a token for its key, hears of work, claims it once, renews, writes its log and ends it", async () => {
    const company = await boardroom.newCompany();
    const agent = await hire(company);
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
