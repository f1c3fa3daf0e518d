import { setTimeout as sleep } from "node:timers/promises";
import { useBoardroom } from "@boardroom/testing";
import { beforeAll, describe, expect, it } from "vitest";
import {
  allowedPairs,
  declared,
  exampleCall,
  forEachOf,
  isPublic,
  paramsOf,
  pathOf,
  sendCall,
} from "./support/calls.ts";
import { refusalOf, send } from "./support/send.ts";
import { bearer, newTenant, startRun, type Tenant } from "./support/tenant.ts";

const boardroom = useBoardroom();
let tenant: Tenant;
beforeAll(async () => {
  tenant = await newTenant(boardroom);
});

interface KeyDraft {
  name: string;
  expiresAt?: string;
}
const ofAgent = () => ({ params: { id: tenant.ids.agent } });
const sorts = {
  board: {
    create: (body: KeyDraft) => tenant.board.call("boardKeys.create", { body }),
    list: () => tenant.board.call("boardKeys.list", {}),
    revoke: (id: string) => tenant.board.call("boardKeys.revoke", { params: { id } }),
    form: /^brb_[0-9A-Za-z]{46}$/,
  },
  agent: {
    create: (body: KeyDraft) => tenant.board.call("agentKeys.create", { ...ofAgent(), body }),
    list: () => tenant.board.call("agentKeys.list", ofAgent()),
    revoke: (kid: string) => tenant.board.call("agentKeys.revoke", { params: { id: tenant.ids.agent, kid } }),
    form: /^bra_[0-9A-Za-z]{46}$/,
  },
};

const use = async (token: string | null) =>
  (await send(boardroom.url, "GET", `/companies/${tenant.cid}`, { headers: bearer(token ?? "") })).status;

describe.each(Object.entries(sorts))("a key of the %s", (_, { create, list, revoke, form }) => {
  const find = async (id: string) => (await list()).find((key) => key.id === id);

  it("is shown once, and known by its beginning afterwards", async () => {
    const { token, ...key } = await create({ name: "Laptop" });
    expect(token).toMatch(form);
    expect(token?.startsWith(key.prefix)).toBe(true);
    expect(key.prefix.length).toBeLessThan(16);
    expect(await find(key.id)).toEqual(key);
    expect(JSON.stringify(await list())).not.toContain(token);
    for (const table of ["board_keys", "agent_keys", "activity_log", "idempotency_keys", "user_idempotency_keys"]) {
      const rows = await boardroom.ownerQuery(`select 1 from ${table} t where position($1 in t::text) > 0`, [token]);
      expect(rows, table).toEqual([]);
    }
  });

  it("says when it was last used", async () => {
    const { id, token } = await create({ name: "Laptop" });
    expect((await find(id))?.lastUsedAt).toBeNull();
    expect(await use(token)).toBe(200);
    const { lastUsedAt } = (await find(id)) ?? expect.fail("The key is gone");
    expect(Math.abs(Date.now() - Date.parse(lastUsedAt ?? ""))).toBeLessThan(30_000);
  });

  it("is dead at once when it is revoked, and says so in the list", async () => {
    const { id, token } = await create({ name: "Laptop" });
    expect(await use(token)).toBe(200);
    await revoke(id);
    expect(await use(token)).toBe(401);
    expect((await find(id))?.revokedAt).not.toBeNull();
  });

  it("dies when its time is over", async () => {
    const expiresAt = new Date(Date.now() + 2500).toISOString();
    const { token } = await create({ name: "Short", expiresAt });
    expect(await use(token)).toBe(200);
    await sleep(Date.parse(expiresAt) - Date.now() + 100);
    expect(await use(token)).toBe(401);
  });
});

it("a terminated agent's keys are dead at once; a paused agent's still read", async () => {
  const { agent } = await boardroom.hireHttpAgent(tenant);
  const params = { id: agent.id };
  const { token } = await tenant.board.call("agentKeys.create", { params, body: { name: "key" } });
  await tenant.board.call("agents.pause", { params, body: {} });
  expect(await use(token)).toBe(200);
  await tenant.board.call("agents.terminate", { params, body: {} });
  expect(await use(token)).toBe(401);
});

it("a board key acts in all companies of its owner, without an origin", async () => {
  const { id } = await tenant.board.call("companies.create", { body: { name: "Second" } });
  const { boardKey } = tenant.headers;
  expect((await send(boardroom.url, "GET", `/companies/${id}`, { headers: boardKey })).status).toBe(200);
  const sent = { headers: { ...boardKey, origin: "https://evil.example" }, body: { title: "By a script" } };
  expect((await send(boardroom.url, "POST", `/companies/${tenant.cid}/goals`, sent)).status).toBe(201);
});

describe("X-Paperclip-Run-Id", () => {
  const naming = (runId: string) => ({ "x-paperclip-run-id": runId });
  const byAgents = allowedPairs.filter(([id, as]) => (as === "agentKey" || as === "runToken") && !isPublic(id));

  it("with an agent's key puts what it does down to that run", async () => {
    const { runId } = await startRun(boardroom, tenant.cid, tenant.ids.agent);
    const call = await exampleCall(tenant, "issues.comment", "agentKey");
    expect((await sendCall(boardroom.url, call, { headers: naming(runId) })).status).toBe(201);
    const [entry] = await tenant.board.call("companies.activity", { params: { cid: tenant.cid }, query: { runId } });
    expect(entry).toMatchObject({ runId, agentId: tenant.ids.agent });
  });

  it("that names another run than a live one of the caller is refused by every operation", async () => {
    const others = await startRun(boardroom, tenant.cid, tenant.ids.colleague);
    const ended = await startRun(boardroom, tenant.cid, tenant.ids.agent);
    await boardroom.ownerQuery("update heartbeat_runs set status = 'succeeded' where id = $1", [ended.runId]);
    const wrong = ["junk", others.runId, ended.runId];
    await forEachOf(byAgents, 8, async ([id, as]) => {
      const { method } = declared(id);
      for (const runId of wrong) {
        const headers = { ...tenant.headers[as], ...naming(runId) };
        const answer = await send(boardroom.url, method, pathOf(id, paramsOf(id, tenant.ids)), { headers });
        expect([id, as, runId, refusalOf(answer, id)]).toEqual([id, as, runId, "422 run_mismatch"]);
      }
    });
  });

  it("that names the token's own run is welcome", async () => {
    for (const id of ["agents.me", "issues.comment"] as const) {
      const call = await exampleCall(tenant, id, "runToken");
      const answer = await sendCall(boardroom.url, call, { headers: naming(tenant.run.runId.toUpperCase()) });
      expect([id, answer.status]).toEqual([id, declared(id).status]);
    }
  });
});
