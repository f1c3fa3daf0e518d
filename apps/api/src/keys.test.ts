import { describe, expect, it } from "vitest";
import { randomBase62, toBase62 } from "./base62.ts";
import { crc32 } from "./crc32.ts";
import { keyKind, newKey } from "./keys.ts";
import { sha256Hex } from "./sha256.ts";

describe("newKey", () => {
  it("makes a key that is known as what it is, with the hash that is stored", async () => {
    for (const kind of ["brb", "bra"] as const) {
      const { token, hash, prefix } = await newKey(kind);
      expect(token).toMatch(new RegExp(`^${kind}_[0-9A-Za-z]{46}$`));
      expect(keyKind(token)).toBe(kind);
      expect(hash).toBe(await sha256Hex(token));
      expect(token.startsWith(prefix)).toBe(true);
      expect(prefix).toHaveLength(12);
    }
  });

  it("never makes the same key twice", async () => {
    const made = await Promise.all(Array.from({ length: 500 }, () => newKey("bra")));
    expect(new Set(made.map(({ token }) => token)).size).toBe(500);
  });
});

describe("keyKind", () => {
  it("refuses a key with one digit changed, anywhere", async () => {
    const { token } = await newKey("brb");
    for (let at = 4; at < token.length; at++) {
      const other = token[at] === "x" ? "y" : "x";
      expect(keyKind(token.slice(0, at) + other + token.slice(at + 1))).toBeNull();
    }
  });

  it("refuses an agent key that says it is a board key", async () => {
    const { token } = await newKey("bra");
    expect(keyKind(token.replace("bra", "brb"))).toBeNull();
  });

  it.each(["", "brb_", "bra_short", "brr_".padEnd(50, "a"), "eyJhbGciOi.x.y", `brb_${"a".repeat(46)}`, "🙂"])(
    "refuses %j",
    (text) => {
      expect(keyKind(text)).toBeNull();
    },
  );
});

describe("randomBase62", () => {
  it("gives each digit the same chance", () => {
    const counts = new Map<string, number>();
    const drawn = Array.from({ length: 2000 }, () => randomBase62(62)).join("");
    for (const digit of drawn) counts.set(digit, (counts.get(digit) ?? 0) + 1);
    expect(counts.size).toBe(62);
    // Six standard deviations around 2000: a biased modulo would give the first digits a quarter more.
    for (const count of counts.values()) expect(Math.abs(count - 2000)).toBeLessThan(270);
  });
});

it("computes the CRC-32 that everybody computes", () => {
  expect(crc32("123456789")).toBe(0xcbf43926);
  expect(toBase62(0xffffffff, 6)).toBe("4gfFC3");
  expect(toBase62(0, 6)).toBe("000000");
});
