import { describe, expect, it } from "vitest";
import { newKey } from "../keys.ts";
import { bearer, newAgent, newAgentKey, newBoardKey, newOwner } from "../test/people.ts";
import { publicUrl, useApi } from "../test/use-api.ts";

const api = useApi();
const company = (id: string) => `/api/companies/${id}`;
const goals = (id: string) => `/api/companies/${id}/goals`;

describe("a browser's session", () => {
  it("reads and writes in the person's company, in two SQL requests", async () => {
    const { companyId, browser } = await newOwner(api);
    expect(await api.countRequests(() => api.send("GET", company(companyId), { headers: browser }))).toBe(2);
    let made: { status: number } = { status: 0 };
    const requests = await api.countRequests(async () => {
      made = await api.send("POST", goals(companyId), { headers: browser, body: { title: "Ship" } });
    });
    expect(made.status).toBe(201);
    expect(requests).toBe(2);
  });

  it("may change things only from a page of the board", async () => {
    const { companyId, browser } = await newOwner(api);
    const body = { title: "Ship" };
    const from = async (headers: Record<string, string>) => {
      const answer = await api.send("POST", goals(companyId), {
        headers: { cookie: browser.cookie ?? "", ...headers },
        body,
      });
      return [answer.status, answer.body.code];
    };
    expect(await from({})).toEqual([403, "bad_origin"]);
    expect(await from({ origin: "https://evil.example" })).toEqual([403, "bad_origin"]);
    expect(await from({ origin: "null" })).toEqual([403, "bad_origin"]);
    expect(await from({ origin: publicUrl, "sec-fetch-site": "cross-site" })).toEqual([403, "bad_origin"]);
    expect((await from({ origin: "http://127.0.0.1:8787" }))[0]).toBe(201);
  });

  it("is refused when its cookie was changed, and asks the database nothing", async () => {
    const { companyId, browser } = await newOwner(api);
    const cookie = (browser.cookie ?? "").replace(/=./, "=~");
    const requests = await api.countRequests(async () => {
      expect(await api.send("GET", company(companyId), { headers: { cookie } })).toMatchObject({ status: 401 });
    });
    expect(requests).toBe(0);
  });

  it("ends when it expires and when the person signs out everywhere", async () => {
    const { companyId, browser, userId } = await newOwner(api);
    await api.owner.query("update sessions set expires_at = now() - interval '1 second' where user_id = $1", [userId]);
    expect((await api.send("GET", company(companyId), { headers: browser })).status).toBe(401);
    const other = await newOwner(api);
    expect((await api.send("POST", "/api/auth/revoke-sessions", { headers: other.browser, body: {} })).status).toBe(
      200,
    );
    expect((await api.send("GET", company(other.companyId), { headers: other.browser })).status).toBe(401);
  });

  it("sees nothing of a company that is not theirs", async () => {
    const [mine, theirs] = await Promise.all([newOwner(api), newOwner(api)]);
    const { agentId, runId } = await newAgent(api, theirs.companyId);
    for (const path of [
      company(theirs.companyId),
      `/api/agents/${agentId}`,
      `/api/heartbeat-runs/${runId}`,
      `/api/issues/${theirs.prefix}-1`,
      `/api/issues/${agentId}`,
      "/api/agents/me",
      "/api/agents/not-an-id",
    ]) {
      const answer = await api.send("GET", path, { headers: mine.browser });
      expect([path, answer.status]).toEqual([path, path.endsWith("/me") ? 403 : 404]);
    }
    expect((await api.send("GET", `/api/agents/${agentId}`, { headers: theirs.browser })).status).toBe(200);
    expect((await api.send("GET", `/api/heartbeat-runs/${runId}`, { headers: theirs.browser })).status).toBe(200);
  });

  it("is told what a viewer may not do", async () => {
    const { companyId, browser } = await newOwner(api, "viewer");
    expect((await api.send("GET", goals(companyId), { headers: browser })).status).toBe(200);
    const answer = await api.send("POST", goals(companyId), { headers: browser, body: { title: "Ship" } });
    expect(answer).toMatchObject({
      status: 403,
      body: { code: "forbidden", details: { role: "viewer", needed: "operator" } },
    });
  });
});

describe("a board key", () => {
  it("acts for its person in two SQL requests, without an Origin", async () => {
    const { companyId, userId } = await newOwner(api);
    const headers = bearer(await newBoardKey(api, userId));
    const requests = await api.countRequests(async () => {
      expect((await api.send("POST", goals(companyId), { headers, body: { title: "Ship" } })).status).toBe(201);
    });
    expect(requests).toBe(2);
    const { rows } = await api.owner.query("select last_used_at from board_keys where user_id = $1", [userId]);
    expect(rows[0].last_used_at).toBeInstanceOf(Date);
  });

  it("does only what its scopes say", async () => {
    const { companyId, userId } = await newOwner(api);
    const withScopes = async (...scopes: string[]) => {
      const headers = bearer(await newBoardKey(api, userId, scopes));
      const read = await api.send("GET", goals(companyId), { headers });
      const write = await api.send("POST", goals(companyId), { headers, body: { title: "Ship" } });
      return [read.status, write.status];
    };
    expect(await withScopes("read")).toEqual([200, 403]);
    expect(await withScopes("write")).toEqual([200, 201]);
    expect(await withScopes("goals.*")).toEqual([200, 201]);
    expect(await withScopes("goals.list")).toEqual([200, 403]);
    expect(await withScopes("something-else")).toEqual([403, 403]);
  });

  it("dies with revocation and expiry", async () => {
    const { companyId, userId } = await newOwner(api);
    for (const change of ["revoked_at = now()", "revoked_at = null, expires_at = now() - interval '1 second'"]) {
      const headers = bearer(await newBoardKey(api, userId));
      await api.owner.query(`update board_keys set ${change} where user_id = $1`, [userId]);
      expect((await api.send("GET", company(companyId), { headers })).status).toBe(401);
    }
  });
});

describe("an agent key", () => {
  it("acts in its company in two SQL requests", async () => {
    const { companyId } = await newOwner(api);
    const { agentId } = await newAgent(api, companyId);
    const headers = bearer(await newAgentKey(api, companyId, agentId));
    const requests = await api.countRequests(async () => {
      const answer = await api.send("GET", "/api/agents/me", { headers });
      expect(answer).toMatchObject({ status: 200, body: { id: agentId } });
    });
    expect(requests).toBe(2);
    expect((await api.send("GET", company((await newOwner(api)).companyId), { headers })).status).toBe(404);
    expect((await api.send("PATCH", company(companyId), { headers, body: { name: "Mine" } })).status).toBe(403);
  });

  it("may name only a live run of its own", async () => {
    const { companyId } = await newOwner(api);
    const [{ agentId, runId }, other] = [await newAgent(api, companyId), await newAgent(api, companyId)];
    const headers = bearer(await newAgentKey(api, companyId, agentId));
    const naming = async (run: string) => {
      const answer = await api.send("GET", "/api/agents/me", { headers: { ...headers, "x-paperclip-run-id": run } });
      return [answer.status, answer.body.code];
    };
    expect((await naming(runId))[0]).toBe(200);
    expect(await naming(other.runId)).toEqual([422, "run_mismatch"]);
    expect(await naming("no id")).toEqual([422, "run_mismatch"]);
    await api.owner.query("update heartbeat_runs set lease_expires_at = now() - interval '1 second' where id = $1", [
      runId,
    ]);
    expect(await naming(runId)).toEqual([422, "run_mismatch"]);
  });

  it("dies with its agent", async () => {
    const { companyId } = await newOwner(api);
    const { agentId } = await newAgent(api, companyId);
    const headers = bearer(await newAgentKey(api, companyId, agentId));
    await api.owner.query("update agents set status = 'terminated' where id = $1", [agentId]);
    expect((await api.send("GET", "/api/agents/me", { headers })).status).toBe(401);
  });
});

describe("a run token", () => {
  const mint = async (companyId: string, { agentId, runId, fence }: Awaited<ReturnType<typeof newAgent>>) =>
    api.app.ports.tokens.mintRunToken({
      ...{ companyId, agentId, runId, fence, agentName: "Ada" },
      expiresAt: new Date(Date.now() + 60_000).toISOString(),
    });

  it("acts for its agent in one SQL request", async () => {
    const { companyId } = await newOwner(api);
    const agent = await newAgent(api, companyId);
    const headers = bearer(await mint(companyId, agent));
    const requests = await api.countRequests(async () => {
      const answer = await api.send("GET", "/api/agents/me", { headers });
      expect(answer).toMatchObject({ status: 200, body: { id: agent.agentId } });
    });
    expect(requests).toBe(1);
  });

  it("is bound to its run and its company", async () => {
    const { companyId } = await newOwner(api);
    const agent = await newAgent(api, companyId);
    const headers = bearer(await mint(companyId, agent));
    const named = { ...headers, "x-paperclip-run-id": crypto.randomUUID() };
    expect(await api.send("GET", "/api/agents/me", { headers: named })).toMatchObject({
      status: 422,
      body: { code: "run_mismatch" },
    });
    const foreign = await newOwner(api);
    expect((await api.send("GET", company(foreign.companyId), { headers })).status).toBe(404);
    const { agentId } = await newAgent(api, foreign.companyId);
    expect((await api.send("GET", `/api/agents/${agentId}`, { headers })).status).toBe(404);
  });
});

describe("junk", () => {
  it("is refused without asking the database", async () => {
    const { token } = await newKey("bra");
    const requests = await api.countRequests(async () => {
      for (const authorization of [
        "Bearer",
        "Bearer x",
        `Bearer ${token.slice(0, -1)}`,
        "Basic dTpw",
        "Bearer a.b.c",
        "Bearer \u00ff",
      ]) {
        const answer = await api.send("GET", company(crypto.randomUUID()), { headers: { authorization } });
        expect(answer).toMatchObject({ status: 401, body: { code: "unauthenticated" } });
        expect(answer.headers.get("www-authenticate")).toBe("Bearer");
      }
    });
    expect(requests).toBe(0);
  });

  it("is refused before its body is looked at", async () => {
    const answer = await api.send("POST", goals(crypto.randomUUID()), {
      raw: "{",
      headers: { "content-type": "text/plain" },
    });
    expect(answer).toMatchObject({ status: 401 });
  });

  it("is refused when it looks right but was never made", async () => {
    for (const kind of ["bra", "brb"] as const) {
      const { token } = await newKey(kind);
      expect((await api.send("GET", company(crypto.randomUUID()), { headers: bearer(token) })).status).toBe(401);
    }
  });
});
