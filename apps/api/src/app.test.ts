import { describe, expect, it } from "vitest";
import { bearer, newAgent, newAgentKey, newOwner } from "./test/people.ts";
import { publicUrl, useApi } from "./test/use-api.ts";

const api = useApi();

describe("the door", () => {
  it("names each request, with the caller's name where that is harmless", async () => {
    const named = async (id: string) =>
      (await api.send("GET", "/api/health", { headers: { "x-request-id": id } })).headers.get("x-request-id");
    expect(await named("trace-1.2_3~4")).toBe("trace-1.2_3~4");
    expect(await named("a b")).toMatch(/^[0-9a-f-]{36}$/);
    expect(await named("x".repeat(101))).toMatch(/^[0-9a-f-]{36}$/);
    const refused = await api.send("GET", "/api/companies", { headers: { "x-request-id": "me-1" } });
    expect(refused.body).toEqual({ error: expect.any(String), code: "unauthenticated", requestId: "me-1" });
  });

  it("answers JSON that is not cached, framed or read from elsewhere", async () => {
    const { headers } = await api.send("GET", "/api/health", { headers: { origin: "https://evil.example" } });
    expect(headers.get("cache-control")).toBe("no-store");
    expect(headers.get("content-type")).toBe("application/json; charset=utf-8");
    expect(headers.get("x-content-type-options")).toBe("nosniff");
    expect(headers.get("access-control-allow-origin")).toBeNull();
  });

  it("knows paths and methods", async () => {
    expect(await api.send("GET", "/api/nothing")).toMatchObject({ status: 404, body: { code: "not_found" } });
    expect(await api.send("GET", "/api")).toMatchObject({ status: 404 });
    expect(await api.send("GET", "/api/companies/")).toMatchObject({ status: 404 });
    const wrong = await api.send("PUT", "/api/companies");
    expect(wrong).toMatchObject({ status: 405, body: { code: "method_not_allowed" } });
    expect(wrong.headers.get("allow")).toBe("GET, POST");
    expect((await api.send("DELETE", "/api/auth/sign-out")).headers.get("allow")).toBe("GET, POST");
    expect(await api.send("OPTIONS", "/api/companies")).toMatchObject({ status: 405 });
    expect((await api.send("POST", "/api/agents/me")).headers.get("allow")).toContain("GET");
    const head = await api.app.fetch(new Request(`${publicUrl}/api/health`, { method: "HEAD" }));
    expect([head.status, await head.text()]).toEqual([200, ""]);
  });

  it("refuses bodies that are no JSON, too large or too deep", async () => {
    const { companyId, browser } = await newOwner(api);
    const post = async (raw: BodyInit, type = "application/json", path = `/api/companies/${companyId}/goals`) => {
      const { status, body } = await api.send("POST", path, { headers: { ...browser, "content-type": type }, raw });
      return [status, body.code];
    };
    const large = `{"title":"${"x".repeat(2_000_000)}"}`;
    const chunked = new ReadableStream({
      start(controller) {
        for (let at = 0; at < 32; at++) controller.enqueue(new TextEncoder().encode("x".repeat(65_536)));
        controller.close();
      },
    });
    expect(await post("{")).toEqual([400, "malformed_json"]);
    expect(await post("")).toEqual([400, "invalid_request"]);
    expect(await post("null")).toEqual([400, "invalid_request"]);
    expect(await post(new Uint8Array([0x22, 0xff, 0x22]))).toEqual([400, "malformed_json"]);
    expect(await post('{"title":"x"}', "text/plain")).toEqual([415, "unsupported_media_type"]);
    expect(await post('{"title":"x"}', "application/json; charset=latin1")).toEqual([415, "unsupported_media_type"]);
    expect(await post('{"title":"x"}', "application/json;charset=UTF-8")).toEqual([201, undefined]);
    expect(await post("title=x", "application/x-www-form-urlencoded")).toEqual([415, "unsupported_media_type"]);
    expect(await post(large)).toEqual([413, "payload_too_large"]);
    expect(await post(chunked)).toEqual([413, "payload_too_large"]);
    expect(await post(`{"title":${"[".repeat(400_000)}${"]".repeat(400_000)}}`)).toEqual([400, "invalid_request"]);
    expect(await post('{"title":"x"}', "application/json", `/api/companies/${companyId}/archive`)).toEqual([
      400,
      "invalid_request",
    ]);
  });

  it("refuses fields it doesn't know and text it can't store, and says which", async () => {
    const { companyId, browser } = await newOwner(api);
    const post = async (body: unknown, query = "") =>
      (await api.send("POST", `/api/companies/${companyId}/goals${query}`, { headers: browser, body })).body;
    const known = { code: "invalid_request" };
    expect(await post({ title: "x", titel: "y" })).toMatchObject({
      ...known,
      details: [{ path: "titel", message: expect.any(String) }],
    });
    expect(await post({ title: "x" }, "?a=1")).toMatchObject({ ...known, details: [{ path: "a" }] });
    expect(await post({ title: "a\u0000b" })).toMatchObject({ ...known, details: [{ path: "title" }] });
    expect(await post({ title: "a\ud800b" })).toMatchObject({ ...known, details: [{ path: "title" }] });
    expect(await post({ title: "x", "a\u0000": 1 })).toMatchObject(known);
    expect(await post({ title: "x".repeat(900_000) })).toMatchObject({ ...known, details: [{ path: "title" }] });
    expect(await post(JSON.parse('{"title":"x","__proto__":{"a":1}}'))).toMatchObject(known);
    expect(await post([{ title: "x" }])).toMatchObject(known);
    for (const query of [
      "limit=0",
      "limit=x",
      "limit=1&limit=2",
      "cursor=junk",
      "cursor=%00",
      "status=%ff",
      "parentId=1",
      "__proto__=1",
    ]) {
      const answer = await api.send("GET", `/api/companies/${companyId}/goals?${query}`, { headers: browser });
      expect([query, answer.status, answer.body.code]).toEqual([query, 400, "invalid_request"]);
    }
    expect(api.log.filter(({ level }) => level === "error")).toEqual([]);
  });

  it("answers 404 to an id that is none", async () => {
    const { browser } = await newOwner(api);
    for (const id of ["x", "%00", "%ff", "..%2f..", "1e3", "%", "0".repeat(5000)]) {
      const answer = await api.send("GET", `/api/goals/${id}`, { headers: browser });
      expect([id, answer.status]).toEqual([id, 404]);
    }
  });

  it("pages with a cursor and a link to the next page", async () => {
    const { companyId, browser } = await newOwner(api);
    for (const title of ["one", "two", "three"]) {
      await api.send("POST", `/api/companies/${companyId}/goals`, { headers: browser, body: { title } });
    }
    const first = await api.send("GET", `/api/companies/${companyId}/goals?limit=2`, { headers: browser });
    expect(first.body).toHaveLength(2);
    const link = /^<(.+)>; rel="next"$/.exec(first.headers.get("link") ?? "")?.[1] ?? "";
    expect(new URL(link).searchParams.get("cursor")).toBe(first.headers.get("x-next-cursor"));
    const { pathname, search } = new URL(link);
    const second = await api.send("GET", pathname + search, { headers: browser });
    expect(second.body.map(({ title }: { title: string }) => title)).toEqual(["one"]);
    expect(second.headers.get("link")).toBeNull();
  });

  it("repeats a creation by its key, in header or body, whatever the order of its fields", async () => {
    const { companyId, browser } = await newOwner(api);
    const post = (body: object, headers = {}) =>
      api.send("POST", `/api/companies/${companyId}/goals`, { headers: { ...browser, ...headers }, body });
    const first = await post({ title: "x", description: "y" }, { "idempotency-key": "k1" });
    const again = await post({ description: "y", title: "x", idempotencyKey: "k1" });
    expect([first.status, again.status, again.body.id]).toEqual([201, 201, first.body.id]);
    expect(await post({ title: "z" }, { "idempotency-key": "k1" })).toMatchObject({
      status: 409,
      body: { code: "idempotency_mismatch" },
    });
    expect(await post({ title: "z" }, { "idempotency-key": "k".repeat(201) })).toMatchObject({ status: 400 });
  });

  it("says nothing of what went wrong inside, and logs it once", async () => {
    const { companyId, browser } = await newOwner(api);
    await api.owner.query("alter table goals rename to goals_away");
    const { status, body } = await api.send("GET", `/api/companies/${companyId}/goals`, { headers: browser });
    await api.owner.query("alter table goals_away rename to goals");
    expect([status, body.code]).toEqual([500, "internal"]);
    expect(JSON.stringify(body)).not.toContain("goals");
    expect(api.log.filter(({ requestId }) => requestId === body.requestId)).toMatchObject([{ level: "error" }]);
    api.log.length = 0;
  });
});

describe("live channels", () => {
  it("hand a viewer of the company to its hub, without what proved them", async () => {
    const { companyId, browser } = await newOwner(api);
    const stream = await api.send("GET", `/api/companies/${companyId}/events?cursor=1.2`, { headers: browser });
    expect(stream.body).toEqual({ companyId, cookie: null });
    const { agentId } = await newAgent(api, companyId);
    const headers = bearer(await newAgentKey(api, companyId, agentId));
    expect((await api.send("GET", `/api/companies/${companyId}/events/ws`, { headers })).status).toBe(200);
  });

  it("are closed to everyone else", async () => {
    const [{ browser }, theirs] = [await newOwner(api), await newOwner(api)];
    const path = `/api/companies/${theirs.companyId}/events`;
    expect((await api.send("GET", path)).status).toBe(401);
    expect((await api.send("GET", path, { headers: browser })).status).toBe(404);
    expect((await api.send("GET", "/api/companies/x/events", { headers: browser })).status).toBe(404);
    const elsewhere = { ...theirs.browser, origin: "https://evil.example" };
    expect((await api.send("GET", `${path}/ws`, { headers: elsewhere })).status).toBe(403);
  });
});

describe("the queue's messages", () => {
  it("deliver a run when the queue signed them", async () => {
    const { companyId } = await newOwner(api);
    const raw = JSON.stringify({ companyId, runId: crypto.randomUUID() });
    const post = (body: string, signature?: string) =>
      api.send("POST", "/api/queue/deliver", {
        raw: body,
        headers: signature ? { "upstash-signature": signature } : {},
      });
    expect(await post(raw, `signed:${raw.length}`)).toMatchObject({ status: 200, body: { verdict: "unknown" } });
    expect((await post(raw)).status).toBe(401);
    expect((await post(raw, "forged")).status).toBe(401);
    expect((await post("{}", "signed:2")).status).toBe(400);
    expect((await post("", "signed:0")).status).toBe(400);
  });
});
