import { useBoardroom } from "@boardroom/testing";
import { beforeAll, describe, expect, it } from "vitest";
import { refusalOf, send } from "./support/send.ts";
import { bearer, callerNames, newTenant, type Tenant } from "./support/tenant.ts";

const boardroom = useBoardroom();
let mine: Tenant;
let theirs: Tenant;
beforeAll(async () => {
  [mine, theirs] = [await newTenant(boardroom), await newTenant(boardroom)];
});

const get = (path: string, headers: Record<string, string> = {}) => send(boardroom.url, "GET", path, { headers });

const ofCompany = ({ cid }: Pick<Tenant, "cid">) => `/companies/${cid}`;
const ofRun = ({ runId }: { runId: string }) => `/heartbeat-runs/${runId}`;

describe.each([
  { channel: "events", path: (t: Tenant) => `${ofCompany(t)}/events`, junk: `${ofCompany({ cid: "junk" })}/events` },
  {
    channel: "events/ws",
    path: (t: Tenant) => `${ofCompany(t)}/events/ws`,
    junk: `${ofCompany({ cid: "junk" })}/events/ws`,
  },
  {
    channel: "log/stream",
    path: ({ run }: Tenant) => `${ofRun(run)}/log/stream`,
    junk: `${ofRun({ runId: "junk" })}/log/stream`,
  },
])("the live channel $channel", ({ path, junk }) => {
  it("takes nobody without a key, or with a dead one", async () => {
    expect(refusalOf(await get(path(mine)))).toBe("401 unauthenticated");
    expect(refusalOf(await get(path(mine), bearer("junk")))).toBe("401 unauthenticated");
    expect(refusalOf(await get(path(mine), bearer(`${mine.run.token}x`)))).toBe("401 unauthenticated");
  });

  it("shows another company to nobody", async () => {
    for (const as of callerNames.filter((each) => each !== "runnerToken")) {
      expect([as, refusalOf(await get(path(theirs), mine.headers[as]))]).toEqual([as, "404 not_found"]);
    }
    // Machines have a channel of their own.
    expect(["403 forbidden", "404 not_found"]).toContain(refusalOf(await get(path(theirs), mine.headers.runnerToken)));
    expect(refusalOf(await get(path(mine), mine.headers.runnerToken))).toBe("403 forbidden");
    expect(refusalOf(await get(junk, mine.headers.session))).toBe("404 not_found");
  });

  it("takes no other method", async () => {
    for (const method of ["POST", "PUT", "DELETE"]) {
      const answer = await send(boardroom.url, method, path(mine), { headers: mine.headers.session });
      expect([method, refusalOf(answer), answer.headers.get("allow")]).toEqual([
        method,
        "405 method_not_allowed",
        "GET",
      ]);
    }
  });
});

it("a page of another site can't listen in with the visitor's cookie", async () => {
  const headers = { cookie: mine.owner.cookie, origin: "https://evil.example" };
  expect(refusalOf(await get(`/companies/${mine.cid}/events/ws`, headers))).toBe("403 bad_origin");
});

it("the queue's door opens to the queue's signature alone", async () => {
  const body = { companyId: mine.cid, runId: mine.run.runId };
  const forged = [undefined, "", "junk", mine.run.token];
  for (const signature of forged) {
    const headers: Record<string, string> = signature === undefined ? {} : { "upstash-signature": signature };
    const answer = await send(boardroom.url, "POST", "/queue/deliver", { headers, body });
    expect([signature, refusalOf(answer)]).toEqual([signature, "401 unauthenticated"]);
  }
  expect((await get("/queue/deliver")).status).toBe(405);
});

it("the document of the API is for everybody, and only to be read", async () => {
  const answer = await get("/openapi.json");
  expect([answer.status, answer.headers.get("content-type")?.split(";")[0]]).toEqual([200, "application/json"]);
  expect((await send(boardroom.url, "POST", "/openapi.json", { body: {} })).status).toBe(405);
});
