/** A random generator that repeats itself for the same seed (mulberry32). */
export function seededRandom(seed: number) {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  return {
    next,
    pick: <T>(items: readonly T[]): T => items[Math.floor(next() * items.length)] as T,
    chance: (probability: number) => next() < probability,
  };
}
export type Random = ReturnType<typeof seededRandom>;

export const nul = "a\u0000b";
export const half = "a\ud800b";

const nested = (levels: number): unknown => Array.from({ length: levels }).reduce<unknown>((inner) => [inner], 1);

/** Texts that something somewhere could trip over. */
export const hostileTexts = [
  "",
  " ",
  nul,
  half,
  "\udfff",
  "\u202e\u200b\ufeff",
  "x".repeat(1_000_000),
  "\u{1f600}".repeat(600),
  "'; drop table issues; --",
  "' or '1'='1",
  "$1",
  "%s%n",
  "\\",
  "../../etc/passwd",
  "..%2f..%2f",
  "<script>alert(1)</script>",
  "__proto__",
  "constructor",
  "true",
  "null",
  "1e400",
  "-0",
  "infinity",
  "epoch",
  "2026-02-30",
  "2026-02-30T00:00:00Z",
  "+275760-09-13T00:00:00.001Z",
  "294277-01-01T00:00:00.000Z",
  "0000-01-01T00:00:00Z",
  "9999-12-31T23:59:59.999Z",
  "00000000-0000-0000-0000-000000000000",
  "ffffffff-ffff-ffff-ffff-ffffffffffff",
  "http://169.254.169.254/latest",
  "file:///etc/passwd",
  "javascript:alert(1)",
  "http://[::1",
  "#zzzzzz",
] as const;

/** Values that no field takes, or only a few. */
export const hostileValues: readonly unknown[] = [
  ...hostileTexts,
  null,
  true,
  false,
  0,
  -1,
  0.1,
  1e15,
  1e21,
  1e308,
  -1e308,
  2 ** 31,
  2 ** 53,
  2 ** 63,
  Number.MIN_VALUE,
  [],
  {},
  [[]],
  [null],
  [nul],
  { $ne: null },
  { toString: 1 },
  JSON.parse('{"__proto__":{"admin":true}}'),
  { constructor: { prototype: {} } },
  { [nul]: 1 },
  { [half]: 1 },
  nested(60),
  nested(2000),
  Array.from({ length: 5000 }, (_, at) => at),
  Object.fromEntries(Array.from({ length: 2000 }, (_, at) => [`k${at}`, at])),
];

/** Bodies as they stand on the wire. */
export const hostileRaws = [
  "",
  " ",
  "{",
  "}{",
  "nul",
  "NaN",
  "[1,]",
  '{"a":1e400}',
  '{"a":-1e400}',
  '{"title":"\\u0000"}',
  '{"title":"\\ud800"}',
  '{"title":"x","title":"y"}',
  '{"__proto__":{"title":"x"}}',
  `{"a":${"[".repeat(5000)}${"]".repeat(5000)}}`,
  `{"a":${"9".repeat(5000)}}`,
  `"${"x".repeat(2_000_000)}"`,
] as const;

export const hostileHeaders: readonly [string, string][] = [
  ["idempotency-key", "x".repeat(300)],
  ["idempotency-key", "k\u00e9y"],
  ["idempotency-key", "__proto__"],
  ["x-paperclip-run-id", "junk"],
  ["x-paperclip-run-id", "00000000-0000-0000-0000-000000000000"],
  ["x-request-id", "' or 1=1"],
  ["x-request-id", "r".repeat(500)],
  ["content-type", "application/json; charset=utf-16"],
  ["content-type", "application/x-www-form-urlencoded"],
  ["content-encoding", "gzip"],
  ["accept", "text/html"],
  ["origin", "null"],
  ["origin", "https://evil.example"],
  ["x-forwarded-host", "evil.example"],
  ["x-http-method-override", "DELETE"],
  ["range", "bytes=0-1"],
];
