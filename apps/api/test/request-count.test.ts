import { type OperationId, operationIds } from "@boardroom/contract";
import { useOwnBoardroom } from "@boardroom/testing";
import { beforeAll, describe, expect, it } from "vitest";
import { allowedPairs, callersOf, declared, exampleCall, isPublic, sendCall } from "./support/calls.ts";
import { print } from "./support/print.ts";
import { type CallerName, callerNames, newTenant, type Tenant } from "./support/tenant.ts";

const boardroom = useOwnBoardroom();
let tenant: Tenant;
beforeAll(async () => {
  tenant = await newTenant(boardroom);
});

/** The most that an operation may ask of the database, authentication included. */
const most: Record<CallerName, number> = { runToken: 1, runnerToken: 1, agentKey: 2, boardKey: 2, session: 2 };
/** A code says nothing of the company until it was looked up. */
const mostOfPublic = 2;
/**
 * What is read before the statement, because code judges or seals it: a stored configuration; a company's wrapped data key, and
 * the secret or the setting that gets a new value. And a test of an address is taken, sent, and settled within its call.
 */
const readsFirst: Partial<Record<OperationId, number>> = {
  "agents.rollbackConfig": 1,
  "secrets.create": 1,
  "secrets.rotate": 2,
  "secrets.adopt": 2,
  "webhookEndpoints.test": 2,
};
/** What stands in the code itself. */
const asksNothing: OperationId[] = ["adapters.list", "adapters.configSchema", "agentTemplates.list"];
const counts = new Map<string, number>();

/** The call's own requests, and those that found out who calls; what follows from it afterwards has other names. */
async function countCall(id: OperationId, as: CallerName): Promise<number> {
  const call = await exampleCall(tenant, id, as);
  let status = 0;
  const byTag = await boardroom.countRequests(async () => {
    status = (await sendCall(boardroom.url, call)).status;
  });
  expect(status, id).toBe(declared(id).status);
  return (byTag[id] ?? 0) + (byTag[`auth:${id}`] ?? 0);
}

describe("no operation asks the database more often than it may", () => {
  it.each(allowedPairs)("%s by %s", async (id, as) => {
    const count = await countCall(id, as);
    counts.set(`${id} ${as}`, count);
    expect(count).toBeLessThanOrEqual((isPublic(id) ? mostOfPublic : most[as]) + (readsFirst[id] ?? 0));
    if (asksNothing.includes(id)) expect(count).toBe(0);
    else expect(count, "its requests carry its name").toBeGreaterThan(0);
  });
});

it("checkout with a run token is exactly one request", async () => {
  expect(await countCall("issues.checkout", "runToken")).toBe(1);
});

it("refuses junk without asking the database at all", async () => {
  const { stats } = boardroom.services.neon;
  for (const id of operationIds.filter((each) => !isPublic(each))) {
    const call = await exampleCall(tenant, id, callersOf(id)[0] ?? "session");
    const before = stats.count(id) + stats.count(`auth:${id}`);
    expect((await sendCall(boardroom.url, { ...call, headers: { authorization: "Bearer junk" } })).status).toBe(401);
    expect(stats.count(id) + stats.count(`auth:${id}`) - before, id).toBe(0);
  }
});

it("has counted every operation", () => {
  const header = ["SQL requests".padEnd(30), ...callerNames.map((name) => name.padStart(9))].join(" ");
  const lines = operationIds.map((id) =>
    [id.padEnd(30), ...callerNames.map((as) => String(counts.get(`${id} ${as}`) ?? "-").padStart(9))].join(" "),
  );
  print([header, ...lines].join("\n"));
  expect(counts.size).toBe(allowedPairs.length);
});
