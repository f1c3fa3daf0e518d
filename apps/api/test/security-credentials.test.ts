import { useBoardroom } from "@boardroom/testing";
import { SignJWT } from "jose";
import { beforeAll, describe, expect, it } from "vitest";
import { newKey } from "../src/keys.ts";
import { createTokens } from "../src/tokens.ts";
import { declared, forEachOf, guardedIds, paramsOf, pathOf } from "./support/calls.ts";
import { refusalOf, send } from "./support/send.ts";
import { bearer, newTenant, type Tenant } from "./support/tenant.ts";

const boardroom = useBoardroom();
let tenant: Tenant;
beforeAll(async () => {
  tenant = await newTenant(boardroom);
});

const flip = (text: string, at: number) => text.slice(0, at) + (text[at] === "A" ? "B" : "A") + text.slice(at + 1);
const base64url = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");
const claims = () => ({
  companyId: tenant.cid,
  agentId: tenant.ids.agent,
  agentName: "Ada",
  runId: tenant.run.runId,
  fence: tenant.run.fence,
});
const inTime = (sec: number) => new Date(Date.now() + sec * 1000).toISOString();

async function signOther(audience: string, secret = boardroom.addresses.jwtSecret): Promise<string> {
  return new SignJWT(claims())
    .setProtectedHeader({ alg: "HS256" })
    .setIssuer("boardroom")
    .setAudience(audience)
    .setExpirationTime("1h")
    .sign(new TextEncoder().encode(secret));
}

async function deadBoardKey(death: string): Promise<string> {
  const { id, token } = await tenant.board.call("boardKeys.create", { body: { name: "dead" } });
  await boardroom.ownerQuery(`update board_keys set ${death} where id = $1`, [id]);
  return token ?? "";
}

async function deadAgentKey(death: string): Promise<string> {
  const params = { id: tenant.ids.agent };
  const { id, token } = await tenant.board.call("agentKeys.create", { params, body: { name: "dead" } });
  await boardroom.ownerQuery(`update agent_keys set ${death} where id = $1`, [id]);
  return token ?? "";
}

async function keyOfTerminated(): Promise<string> {
  const { agent } = await boardroom.hireHttpAgent(tenant);
  const params = { id: agent.id };
  const { token } = await tenant.board.call("agentKeys.create", { params, body: { name: "key" } });
  await tenant.board.call("agents.terminate", { params, body: {} });
  return token ?? "";
}

const keys: [string, () => string | Promise<string>][] = [
  ["an empty key", () => ""],
  ["a junk key", () => "junk"],
  ["a key of 4,000 characters", () => `bra_${"x".repeat(4000)}`],
  ["a well-formed board key that nobody made", async () => (await newKey("brb")).token],
  ["a well-formed agent key that nobody made", async () => (await newKey("bra")).token],
  ["a board key with a wrong checksum", () => flip(tenant.headers.boardKey.authorization?.slice(7) ?? "", 45)],
  ["an agent key with a wrong checksum", () => flip(tenant.headers.agentKey.authorization?.slice(7) ?? "", 45)],
  ["a revoked board key", () => deadBoardKey("revoked_at = now()")],
  ["an expired board key", () => deadBoardKey("expires_at = now() - interval '1 second'")],
  ["a revoked agent key", () => deadAgentKey("revoked_at = now()")],
  ["an expired agent key", () => deadAgentKey("expires_at = now() - interval '1 second'")],
  ["a key of a terminated agent", keyOfTerminated],
  ["a run token with other claims", () => replacePayload({ fence: 999_999 })],
  ["a run token with another signature", () => flip(tenant.run.token, tenant.run.token.length - 10)],
  ["a run token without a signature", () => `${tenant.run.token.split(".").slice(0, 2).join(".")}.`],
  ["a run token with the algorithm none", () => `${base64url({ alg: "none" })}.${base64url(claims())}.`],
  [
    "an expired run token",
    () => createTokens(boardroom.addresses.jwtSecret).mintRunToken({ ...claims(), expiresAt: inTime(-10) }),
  ],
  [
    "a run token of another secret",
    () => createTokens("x".repeat(40)).mintRunToken({ ...claims(), expiresAt: inTime(60) }),
  ],
  ["a token for something else", () => signOther("boardroom-else")],
];

function replacePayload(other: object): string {
  const [head, , signature] = tenant.run.token.split(".");
  const exp = Math.floor(Date.now() / 1000) + 60;
  const payload = { ...claims(), iss: "boardroom", aud: "boardroom-run", exp, ...other };
  return [head, base64url(payload), signature].join(".");
}

const cookies: [string, () => string | Promise<string>][] = [
  ["a session cookie with another signature", () => tampered(tenant.owner.cookie)],
  ["a session cookie without a signature", () => tenant.owner.cookie.split(".").slice(0, 2).join(".")],
  ["a junk cookie", () => "boardroom.session_token=junk"],
  ["the cookie of a session that was signed out", signedOutCookie],
];

function tampered(cookie: string): string {
  return flip(cookie, cookie.lastIndexOf(".") + 5);
}

async function signedOutCookie(): Promise<string> {
  const person = await boardroom.signUp();
  const answer = await send(boardroom.url, "POST", "/auth/sign-out", { headers: person.headers, body: {} });
  expect(answer.status).toBe(200);
  return person.cookie;
}

/** Every operation that is not public says 401, whatever else is right or wrong with the call. */
async function expectUnauthenticated(headers: Record<string, string>): Promise<void> {
  await forEachOf(guardedIds, 8, async (id) => {
    const answer = await send(boardroom.url, declared(id).method, pathOf(id, paramsOf(id, tenant.ids)), { headers });
    expect([id, refusalOf(answer, id)]).toEqual([id, "401 unauthenticated"]);
    expect(answer.headers.get("www-authenticate")).toBe("Bearer");
  });
}

describe("every operation that is not public refuses with 401", () => {
  it("a call without a key", () => expectUnauthenticated({}));
  it("another scheme", () => expectUnauthenticated({ authorization: "Basic b2xnYTpvbGdh" }));
  it.each(keys)("%s", async (_, make) => expectUnauthenticated(bearer(await make())));
  it.each(cookies)("%s", async (_, make) => expectUnauthenticated({ cookie: await make(), origin: boardroom.url }));
  it("a junk key beside a good cookie", () => expectUnauthenticated({ ...tenant.owner.headers, ...bearer("junk") }));
});
