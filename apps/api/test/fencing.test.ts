import { useBoardroom } from "@boardroom/testing";
import { beforeAll, describe, expect, it } from "vitest";
import { allowedPairs, declared, exampleCall, isPublic, sendCall } from "./support/calls.ts";
import { rowsNaming } from "./support/rows.ts";
import { refusalOf } from "./support/send.ts";
import { bearer, newTenant, startRun, type Tenant } from "./support/tenant.ts";

const boardroom = useBoardroom();
let tenant: Tenant;
beforeAll(async () => {
  tenant = await newTenant(boardroom);
});

const writes = allowedPairs.filter(([id, as]) => as === "runToken" && declared(id).effect !== "read" && !isPublic(id));

/** What takes a run's life while its token is still good. */
const deaths = {
  "that ended": "status = 'succeeded', finished_at = now(), lease_expires_at = null",
  "that was lost": "status = 'lost', finished_at = now(), lease_expires_at = null",
  "that was given out again under a later fence": "fence = nextval('run_fence')",
};

describe.each(Object.entries(deaths))("the token of a run %s", (_, death) => {
  it.each(writes)("changes nothing any more: %s", async (id, as) => {
    const call = await exampleCall(tenant, id, as);
    const run = await startRun(boardroom, tenant.cid, tenant.ids.agent);
    const params = declared(id).locate.by === "run" ? { ...call.params, id: run.runId } : call.params;
    await boardroom.ownerQuery(`update heartbeat_runs set ${death} where id = $1`, [run.runId]);
    // Whatever a run does is logged under its id.
    const written = () => rowsNaming(boardroom, tenant.cid, [run.runId]);
    const before = await written();
    // What a run cost is counted even when it is told late.
    const body = { ...call.body, costUsd: undefined };
    const answer = await sendCall(boardroom.url, { ...call, params, body, headers: bearer(run.token) });
    // Completing a run that ended by this very run is a repetition, not a change.
    if (id === "runs.complete" && answer.status === 200) expect(death).toContain("succeeded");
    else expect(refusalOf(answer, id)).toBe("409 lease_lost");
    expect(await written()).toEqual(before);
  });
});
