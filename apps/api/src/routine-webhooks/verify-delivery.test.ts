import { createHmac } from "node:crypto";
import { describe, expect, it } from "vitest";
import { statedTime, verifyDelivery } from "./verify-delivery.ts";

const secret = "whsec_9Zq2kF5s8xV1";
const body = '{"action":"opened","näme":"ß"}';
const hmac = (text: string, key = secret) => createHmac("sha256", key).update(text).digest("hex");
const verify = (mode: Parameters<typeof verifyDelivery>[0], headers: Record<string, string>, sent = body) =>
  verifyDelivery(mode, secret, { headers: new Headers(headers), body: sent });

describe("bearer", () => {
  it("takes the secret, in any case of the scheme", async () => {
    expect(await verify("bearer", { authorization: `Bearer ${secret}` })).toEqual([]);
    expect(await verify("bearer", { authorization: `bearer  ${secret}` })).toEqual([]);
  });
  it("counts under its idempotency key, when it has one", async () => {
    const keyed = await verify("bearer", { authorization: `Bearer ${secret}`, "idempotency-key": "a" });
    expect(keyed).toEqual([expect.stringMatching(/^key:[0-9a-f]{64}$/)]);
    expect(await verify("bearer", { authorization: `Bearer ${secret}`, "idempotency-key": "b" })).not.toEqual(keyed);
  });
  it.each([
    ["nothing", {}],
    ["another secret", { authorization: `Bearer ${secret}x` }],
    ["a part of the secret", { authorization: `Bearer ${secret.slice(0, -1)}` }],
    ["another case", { authorization: `Bearer ${secret.toUpperCase()}` }],
    ["another scheme", { authorization: `Basic ${secret}` }],
    ["the bare secret", { authorization: secret }],
    ["an empty token", { authorization: "Bearer " }],
    ["a signature", { "x-boardroom-signature": hmac(body), "x-hub-signature-256": `sha256=${hmac(body)}` }],
  ])("refuses %s", async (_, headers) => {
    expect(await verify("bearer", headers)).toBeNull();
  });
});

describe("hmac_sha256", () => {
  const timestamp = "1790000000";
  const signature = hmac(`${timestamp}.${body}`);
  it.each([
    ["x-boardroom", signature],
    ["x-paperclip", signature],
    ["x-boardroom", `sha256=${signature}`],
    ["x-paperclip", `v1=${signature}`],
    ["x-boardroom", signature.toUpperCase()],
  ])("takes %s headers with %s, always as the same delivery", async (prefix, stated) => {
    const headers = { [`${prefix}-timestamp`]: timestamp, [`${prefix}-signature`]: stated };
    expect(await verify("hmac_sha256", headers)).toEqual([`signature:${signature}`]);
  });
  it.each([
    ["nothing", {}, body],
    ["no timestamp", { "x-boardroom-signature": signature }, body],
    ["another timestamp", { "x-boardroom-timestamp": "1790000001", "x-boardroom-signature": signature }, body],
    ["another body", { "x-boardroom-timestamp": timestamp, "x-boardroom-signature": signature }, `${body} `],
    ["an empty body", { "x-boardroom-timestamp": timestamp, "x-boardroom-signature": signature }, ""],
    [
      "a signature of the body alone",
      { "x-boardroom-timestamp": timestamp, "x-boardroom-signature": hmac(body) },
      body,
    ],
    [
      "another secret",
      { "x-boardroom-timestamp": timestamp, "x-boardroom-signature": hmac(`${timestamp}.${body}`, "other") },
      body,
    ],
    ["a short signature", { "x-boardroom-timestamp": timestamp, "x-boardroom-signature": signature.slice(2) }, body],
    ["no hexadecimal", { "x-boardroom-timestamp": timestamp, "x-boardroom-signature": "z".repeat(64) }, body],
    ["an empty signature", { "x-boardroom-timestamp": timestamp, "x-boardroom-signature": "" }, body],
    ["the secret itself", { authorization: `Bearer ${secret}` }, body],
  ])("refuses %s", async (_, headers, sent) => {
    expect(await verify("hmac_sha256", headers, sent)).toBeNull();
  });
  it("can't be split elsewhere: the timestamp doesn't reach into the body", async () => {
    // 1.2{} signed as timestamp "1" and body "2{}" is no delivery at "1.2" with the body "{}".
    const signed = hmac("1.2{}");
    expect(
      await verify("hmac_sha256", { "x-boardroom-timestamp": "1", "x-boardroom-signature": signed }, "2{}"),
    ).not.toBeNull();
    expect(statedTime(new Headers({ "x-boardroom-timestamp": "1.2" }))).toBeNull();
  });
});

describe("github_hmac", () => {
  const signature = `sha256=${hmac(body)}`;
  it("takes what GitHub signed, and knows it by its delivery and by its body", async () => {
    const headers = { "x-hub-signature-256": signature, "x-github-delivery": "72d3162e" };
    const taken = await verify("github_hmac", headers);
    expect(taken).toEqual([`signature:${hmac(body)}`, expect.stringMatching(/^delivery:[0-9a-f]{64}$/)]);
    const other = await verify("github_hmac", { ...headers, "x-github-delivery": "another" });
    expect(other?.[0]).toBe(taken?.[0]);
    expect(other?.[1]).not.toBe(taken?.[1]);
  });
  it("knows it by its body where there is no delivery", async () => {
    expect(await verify("github_hmac", { "x-hub-signature-256": signature })).toEqual([`signature:${hmac(body)}`]);
  });
  it.each([
    ["nothing", {}, body],
    ["another body", { "x-hub-signature-256": signature }, "{}"],
    ["the old SHA-1 signature", { "x-hub-signature": `sha1=${"0".repeat(40)}` }, body],
    ["another secret", { "x-hub-signature-256": `sha256=${hmac(body, "other")}` }, body],
  ])("refuses %s", async (_, headers, sent) => {
    expect(await verify("github_hmac", { "x-github-delivery": "x", ...headers }, sent)).toBeNull();
  });
});

it.each([
  ["1790000000", 1_790_000_000],
  ["1790000000123", 1_790_000_000.123],
  ["0", 0],
  ["-1", null],
  ["1e9", null],
  ["soon", null],
  ["", null],
  ["1790000000179000", 1_790_000_000_179],
  ["999999999999999999999", null],
])("a timestamp of %j is %s", (stated, expected) => {
  expect(statedTime(new Headers({ "x-paperclip-timestamp": stated }))).toBe(expected);
});
