import { createClient } from "@boardroom/contract";
import { useOwnBoardroom } from "@boardroom/testing";
import { beforeAll, expect, it } from "vitest";
import { type Answer, readError, send } from "./support/send.ts";
import { bearer } from "./support/tenant.ts";

const perKey = 60;
const perAddress = 30;
const boardroom = useOwnBoardroom({ rateLimits: { perKey, perAddress } });
let key: Record<string, string>;
let other: Record<string, string>;
beforeAll(async () => {
  const { owner } = await boardroom.newCompany();
  const board = createClient({ baseUrl: boardroom.url, headers: owner.headers });
  const keyOf = async (name: string) => bearer((await board.call("boardKeys.create", { body: { name } })).token ?? "");
  [key, other] = [await keyOf("one"), await keyOf("other")];
});

const from = (address: string) => ({ "cf-connecting-ip": address });
const ask = (path: string, headers: Record<string, string>) => send(boardroom.url, "GET", path, { headers });

/** Asks more often than twice the limit: the ten seconds that are counted may turn over in between. */
async function flood(most: number, call: (at: number) => Promise<Answer>): Promise<Answer> {
  for (let at = 0; at <= 2 * most; at++) {
    const answer = await call(at);
    if (answer.status === 429) return answer;
  }
  throw new Error("Nobody was held back");
}

function expectHeldBack(answer: Answer): void {
  expect(readError(answer).code).toBe("rate_limited");
  expect(answer.headers.get("retry-after")).toBe("10");
}

it("holds back a key that asks too often, and no other one", async () => {
  expectHeldBack(await flood(perKey, () => ask("/companies", { ...key, ...from("203.0.113.1") })));
  expect((await ask("/companies", { ...other, ...from("203.0.113.1") })).status).toBe(200);
});

it("holds back an address that brings no credential, as one network where it is IPv6, and no other one", async () => {
  expectHeldBack(await flood(perAddress, (at) => ask("/health", from(`2001:db8:1:2::${at.toString(16)}`))));
  expect((await ask("/health", from("2001:db8:1:3::1"))).status).toBe(200);
});

it("holds back an address that tries credentials, each a new one", async () => {
  const guess = (at: number) => ask("/companies", { ...bearer(`brd_guess_${at}`), ...from("198.51.100.7") });
  expect((await guess(1000)).status).toBe(401);
  expectHeldBack(await flood(perAddress, guess));
  expect((await ask("/companies", { ...bearer("brd_guess"), ...from("198.51.100.8") })).status).toBe(401);
});

it("lets the queue through however often it comes", async () => {
  const deliver = () =>
    send(boardroom.url, "POST", "/queue/deliver", { headers: from("192.0.2.9"), body: { companyId: "x", runId: "y" } });
  const statuses = new Set<number>();
  for (let at = 0; at < 3 * perAddress; at++) statuses.add((await deliver()).status);
  expect([...statuses]).toEqual([401]);
});
