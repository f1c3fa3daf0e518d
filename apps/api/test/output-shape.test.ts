import { operationIds } from "@boardroom/contract";
import { useBoardroom } from "@boardroom/testing";
import { beforeAll, describe, expect, it } from "vitest";
import { allowedPairs, callersOf, declared, exampleCall, sendCall } from "./support/calls.ts";
import { examples } from "./support/examples/index.ts";
import { readBody } from "./support/send.ts";
import { newTenant, type Tenant } from "./support/tenant.ts";

const boardroom = useBoardroom();
let tenant: Tenant;
beforeAll(async () => {
  tenant = await newTenant(boardroom);
});

it("has an example for each operation, and a caller", () => {
  expect(Object.keys(examples).sort()).toEqual([...operationIds].sort());
  for (const id of operationIds) expect(callersOf(id), id).not.toEqual([]);
});

describe("answers exactly what the contract declares", () => {
  it.each(allowedPairs)("%s to a caller with %s", async (id, as) => {
    const { status, output } = declared(id);
    const answer = await sendCall(boardroom.url, await exampleCall(tenant, id, as));
    expect([answer.status, answer.status < 400 ? "" : answer.text]).toEqual([status, ""]);
    expect(answer.headers.get("x-request-id")).toBeTruthy();
    expect(answer.headers.get("cache-control")).toBe("no-store");
    if (output === null) return expect(answer.text).toBe("");
    expect(answer.headers.get("content-type")).toBe("application/json; charset=utf-8");
    const body = readBody(answer);
    // Parsing drops what is not declared, so nothing may be lost by it.
    expect(output.parse(body)).toEqual(body);
  });
});

it("never shows what only the database should know", async () => {
  const shown: string[] = [];
  for (const [id, as] of allowedPairs.filter(([id]) => declared(id).effect === "read")) {
    shown.push((await sendCall(boardroom.url, await exampleCall(tenant, id, as))).text);
  }
  const stored = await boardroom.ownerQuery<{ hidden: string }>(
    `select key_hash as hidden from agent_keys where company_id = $1
     union all select sealed from agent_webhook_secrets where company_id = $1
     union all select sealed from webhook_endpoint_secrets where company_id = $1
     union all select k.key_hash from board_keys k join memberships m on m.user_id = k.user_id where m.company_id = $1
     union all select s.token from sessions s join memberships m on m.user_id = s.user_id where m.company_id = $1
     union all select a.password from accounts a join memberships m on m.user_id = a.user_id where m.company_id = $1`,
    [tenant.cid],
  );
  expect(stored.length).toBeGreaterThan(4);
  const secrets = [...stored.map(({ hidden }) => hidden), tenant.agent.webhookSecret, tenant.owner.email];
  for (const secret of secrets) expect(shown.join("\n").includes(secret), secret).toBe(false);
});
