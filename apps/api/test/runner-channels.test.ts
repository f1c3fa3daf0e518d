import { createClient } from "@boardroom/contract";
import { connectDevice, openDeviceSocket, type TestDevice, useBoardroom } from "@boardroom/testing";
import { describe, expect, it } from "vitest";
import { assign, hireLocal, refusalOf } from "./support/machines.ts";

const boardroom = useBoardroom();
const anybody = () => createClient({ baseUrl: boardroom.url });
const poll = async ({ token }: TestDevice) => {
  const answer = await fetch(`${boardroom.url}/api/runners/poll`, { headers: { authorization: `Bearer ${token}` } });
  return { status: answer.status, body: await answer.json() };
};

// Side by side, so what is asked again and again belongs to its own test: it comes with its context.
describe.concurrent("a connected machine", () => {
  it("is shown as online, and as gone when it went", async ({ expect }) => {
    const company = await boardroom.newCompany();
    const device = await connectDevice(company, { name: "Laptop A" });
    const isOnline = async () => (await company.board.call("runners.get", { params: { id: device.id } })).isOnline;
    expect(await isOnline()).toBe(false);
    const socket = await device.connect();
    expect(await isOnline()).toBe(true);
    socket.send("ping");
    await expect.poll(() => socket.texts).toContain("pong");
    socket.close();
    await expect.poll(isOnline).toBe(false);
    const [entry] = await company.board.call("companies.activity", {
      params: { cid: company.cid },
      query: { action: "runner.connected" },
    });
    expect(entry).toMatchObject({ entityId: device.id, details: { name: "Laptop A" } });
  });

  it("gives way to a second connection with the same credential, which hears from then on", async () => {
    const company = await boardroom.newCompany();
    const agent = await hireLocal(company);
    const device = await connectDevice(company);
    const first = await device.connect();
    const second = await device.connect();
    expect(await first.closed).toBe(4001);
    await assign(company, agent.id);
    await second.heard("work");
    expect(first.hints).toEqual([]);
    second.close();
  });

  it("hears that a run is to stop, also when it was away at that moment", async ({ expect }) => {
    const company = await boardroom.newCompany();
    const device = await connectDevice(company);
    const agent = await hireLocal(company);
    const start = async () => {
      await assign(company, agent.id);
      return device.claimRun();
    };
    const here = await start();
    const socket = await device.connect();
    await company.board.call("runs.cancel", { params: { id: here.run.id }, body: { reason: "Enough" } });
    expect(await socket.heard("cancel")).toEqual({ type: "cancel", runId: here.run.id });
    const withRun = boardroom.clientWith(here.runToken);
    const told = await withRun.call("runs.renew", { params: { id: here.run.id }, body: {} });
    expect(told).toMatchObject({ action: "cancel", reason: "Enough" });
    await withRun.call("runs.complete", { params: { id: here.run.id }, body: { status: "cancelled" } });
    socket.close();
    await socket.closed;
    const away = await start();
    await company.board.call("runs.cancel", { params: { id: away.run.id }, body: {} });
    const later = await device.connect();
    await expect.poll(() => later.hints).toContainEqual({ type: "cancel", runId: away.run.id });
    expect((await device.heartbeat({ runs: [{ runId: away.run.id, fence: away.run.fence }] })).runs).toEqual([
      { runId: away.run.id, action: "cancel" },
    ]);
    later.close();
  });

  it("may hear by long polls instead, of which a later one takes over from the earlier", async ({ expect }) => {
    const company = await boardroom.newCompany();
    const agent = await hireLocal(company);
    const device = await connectDevice(company);
    const [first, second] = [poll(device), poll(device)];
    expect(await Promise.race([first, second])).toEqual({ status: 200, body: { hints: [] } });
    expect((await company.board.call("runners.get", { params: { id: device.id } })).isOnline).toBe(true);
    await assign(company, agent.id);
    const heard = [await first, await second].flatMap(({ body }) => body.hints);
    expect(heard).toContainEqual({ type: "work" });
    // Between two polls nothing is lost.
    const { run } = await device.claimRun();
    await company.board.call("runs.cancel", { params: { id: run.id }, body: {} });
    await expect.poll(async () => (await poll(device)).body.hints).toContainEqual({ type: "cancel", runId: run.id });
  });

  it("is cut off when it is revoked, and let in no more", async () => {
    const company = await boardroom.newCompany();
    await hireLocal(company);
    const device = await connectDevice(company);
    const socket = await device.connect();
    await company.board.call("runners.revoke", { params: { id: device.id } });
    expect(await socket.closed).toBe(4003);
    expect(socket.hints).toContainEqual({ type: "revoked" });
    expect(await refusalOf(device.connect())).toContain("undefined");
    expect(await poll(device)).toMatchObject({ status: 403, body: { details: { reason: "revoked" } } });
    expect(await refusalOf(device.claim())).toBe("403 forbidden");
    expect(await refusalOf(device.heartbeat())).toBe("403 forbidden");
    const assertion = device.assert();
    expect(await refusalOf(anybody().call("runners.token", { body: { assertion } }))).toBe("403 forbidden");
  });

  it("hears nothing of another company, and reads nothing there", async () => {
    const [company, other] = [await boardroom.newCompany(), await boardroom.newCompany()];
    const [device, stranger] = [await connectDevice(company), await connectDevice(other)];
    const socket = await stranger.connect();
    await assign(company, (await hireLocal(company)).id);
    const { run } = await device.claimRun();
    expect(await stranger.claim()).toBeNull();
    const said = await stranger.heartbeat({ runs: [{ runId: run.id, fence: run.fence }] });
    expect(said.runs).toEqual([{ runId: run.id, action: "superseded" }]);
    const interrupted = [{ runId: run.id, fence: run.fence, reason: "mine now" }];
    await stranger.heartbeat({ interrupted });
    expect(await company.board.call("runs.get", { params: { id: run.id } })).toMatchObject({ status: "running" });
    expect(await refusalOf(stranger.client.call("runs.get", { params: { id: run.id } }))).toBe("403 forbidden");
    expect(socket.hints).toEqual([]);
    socket.close();
  });

  it("is refused without a token, with another kind of credential, and without a WebSocket", async () => {
    const device = await connectDevice(await boardroom.newCompany());
    expect(await refusalOf(openDeviceSocket(boardroom.url, "junk"))).toContain("undefined");
    const connect = async (headers: Record<string, string>) =>
      (await fetch(`${boardroom.url}/api/runners/connect`, { headers })).status;
    expect(await connect({})).toBe(401);
    expect(await connect({ authorization: `Bearer ${device.token}` })).toBe(426);
  });
});
