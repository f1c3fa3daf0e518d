import { randomBytes } from "node:crypto";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { redact, redactPart } from "./redact.ts";

const base62 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
const word = (characters: string, length: number) =>
  fc.string({ unit: fc.constantFrom(...characters), minLength: length, maxLength: length });
const key = (start: string, length: number, characters = base62) =>
  word(characters, length).map((rest) => start + rest);
const pemLines = fc.array(word(`${base62}+/`, 64), { minLength: 3, maxLength: 25 });

/** A secret as it is written, and the part of it that nobody may read. */
interface Planted {
  written: string;
  hidden: string;
}
const whole = (secret: fc.Arbitrary<string>) =>
  secret.map((written): Planted => ({ written, hidden: written.slice(6) }));
const inside = (secret: fc.Arbitrary<string>, write: (hidden: string) => string) =>
  secret.map((hidden): Planted => ({ written: write(hidden), hidden }));

const value = 'correct horse\nbattery "staple" ü';
const planted: Record<string, fc.Arbitrary<Planted>> = {
  "a board key": whole(key("brb_", 46)),
  "an agent key": whole(key("bra_", 46)),
  "a runner key": whole(key("brr_", 46)),
  "a webhook secret": whole(key("whsec_", 44, `${base62}+/`)),
  "a run token": whole(
    fc.tuple(key("eyJ", 40), key("eyJ", 180), word(`${base62}-_`, 43)).map((parts) => parts.join(".")),
  ),
  "an OpenAI key": whole(key("sk-proj-A1", 60, `${base62}-_`)),
  "a GitHub token": whole(key("ghp_", 36)),
  "a fine-grained GitHub token": whole(key("github_pat_", 82, `${base62}_`)),
  "an AWS key": whole(key("AKIA", 16, "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567")),
  "a Slack token": whole(key("xoxb-", 50, `${base62}-`)),
  "a bearer": inside(word(`${base62}-._~+/`, 40), (hidden) => `Bearer ${hidden}`),
  "a header": inside(word(`${base62}=/+`, 24), (hidden) => `Authorization: Basic ${hidden}`),
  "a header in JSON": inside(word(base62, 24), (hidden) => JSON.stringify({ authorization: `Token ${hidden}` })),
  "an API key's header": inside(word(base62, 24), (hidden) => `X-Api-Key: ${hidden}`),
  "a URL's password": inside(word(`${base62}!$&ü@`, 14), (hidden) => `postgres://app:${hidden}z@db.example/main`),
  "a private key": inside(
    pemLines.map((lines) => lines.join("\n")),
    (hidden) => `-----BEGIN RSA PRIVATE KEY-----\n${hidden}\n-----END RSA PRIVATE KEY-----\n`,
  ),
  "a private key in JSON": inside(
    pemLines.map((lines) => lines.join("\\n")),
    (hidden) => `{"key":"-----BEGIN PRIVATE KEY-----\\n${hidden}\\n-----END PRIVATE KEY-----\\n"}`,
  ),
  "a known value": fc.constant({ written: value, hidden: value }),
  "a known value in JSON": fc.constant({ written: JSON.stringify(value), hidden: JSON.stringify(value).slice(1, -1) }),
};

const ordinary = fc.oneof(
  fc.string({ unit: "grapheme", maxLength: 40 }),
  fc.constantFrom("\n", " ", '{"type":"assistant","text":"', "\\n", "\\", "\u001b[32m", "é", "=", "auth", "Hello"),
  fc.constantFrom("task-", "sk", "sk-", "://", "ghp_", "ey", "Bearer ", "api-key: ", "-----", "**********************"),
);
/** A secret in the midst of other text; what follows doesn't look as if it belonged to it. */
const around = (secret: fc.Arbitrary<Planted>) =>
  fc.record({
    before: fc.array(ordinary, { maxLength: 4 }).map((parts) => parts.join("")),
    secret,
    after: fc.array(ordinary, { maxLength: 4 }).map((parts) => ["", ...parts].join("\n")),
  });
const cuts = fc.array(fc.nat({ max: 10_000 }), { maxLength: 12 });

const bytesOf = (text: string) => Buffer.byteLength(text);

/** Cuts a text into parts, never through a character. */
function cutText(text: string, places: readonly number[]): string[] {
  const characters = [...text];
  const at = [...new Set(places.map((place) => place % (characters.length + 1)))].sort((a, b) => a - b);
  return [...at, characters.length].map((end, index) => characters.slice(at[index - 1] ?? 0, end).join(""));
}

/** What is stored in the end when a log comes in these parts. */
function inParts(parts: readonly string[]): string {
  let closed = "";
  let last = { raw: "", masked: "" };
  for (const part of parts) {
    const raw = last.raw + part;
    const { text, openFrom } = redactPart(raw, [value]);
    const openAt = openFrom ?? raw.length;
    const bytes = Buffer.from(text);
    const split = bytesOf(raw.slice(0, openAt));
    closed += bytes.subarray(0, split).toString();
    last = { raw: raw.slice(openAt), masked: bytes.subarray(split).toString() };
  }
  return closed + last.masked;
}

describe.each(Object.entries(planted))("%s", (_, secret) => {
  it("is masked wherever it stands, in as many bytes", () => {
    fc.assert(
      fc.property(around(secret), ({ before, secret: { written, hidden }, after }) => {
        const text = before + written + after;
        const redacted = redact(text, [value]);
        expect(redacted).not.toContain(hidden);
        expect(bytesOf(redacted)).toBe(bytesOf(text));
      }),
      { numRuns: 300 },
    );
  });

  it("is masked in parts, however the text is cut, just as in one piece", () => {
    fc.assert(
      fc.property(around(secret), cuts, ({ before, secret: { written }, after }, places) => {
        const text = before + written + after;
        expect(inParts(cutText(text, places))).toBe(redact(text, [value]));
      }),
      { numRuns: 600 },
    );
  });
});

it("leaves ordinary text as it is", () => {
  const lines = [
    "The task-queue-worker-deployment and the risk-adjusted-return-on-capital are done.",
    "Bearer of bad news. Authorize the desk-lamp-replacement-order, please.",
    "See https://example.com/a:b@c and git@github.com:acme/site.git",
    'if (pem.includes("-----BEGIN PRIVATE KEY-----")) return true;',
    "sha256 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
    "-----BEGIN CERTIFICATE-----\nMIIBszCCAVmgAwIBAgIUQ\n-----END CERTIFICATE-----",
  ];
  for (const line of lines) expect(redact(line)).toBe(line);
});

it("keeps the word that says what was masked", () => {
  expect(redact(`export TOKEN=ghp_${"a1".repeat(18)};`)).toBe(`export TOKEN=ghp_${"*".repeat(36)};`);
  expect(redact("curl -H 'Authorization: Bearer abc' https://u:pw@x.example")).toBe(
    "curl -H 'Authorization: **********' https://u:**@x.example",
  );
});

it("takes hostile text in linear time", () => {
  const hostile = [
    "eyJ",
    "sk-",
    "ask-",
    "ghp_",
    "bearer ",
    "authorization=",
    "://a:",
    "-----BEGIN PRIVATE KEY-----",
    "-",
    "a.",
    "api-key: \\",
  ];
  for (const piece of hostile) {
    const text = piece.repeat(Math.ceil((256 * 1024) / piece.length));
    const startedAt = performance.now();
    redactPart(text, ["x".repeat(4000)]);
    expect([piece, performance.now() - startedAt < 2000]).toEqual([piece, true]);
  }
});

it("leaves little text waiting, and none after a line's end", () => {
  const text = `${randomBytes(8000).toString("hex")} and then `;
  expect(redactPart(`${text}\n`).openFrom).toBeNull();
  expect(redactPart(`${text}ghp_abc`).openFrom).toBe(text.length);
  expect(redactPart(`Bearer ${"x".repeat(300_000)}`).openFrom).toBeNull();
});
