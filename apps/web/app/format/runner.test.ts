import { expect, it } from "vitest";
import { listOffers, nameHost, nameOffer } from "./runner.ts";

const offer = (type: string, version: string | null, label: string | null = null) => ({
  ...{ type, version, label },
  isExternal: false,
  configSchema: null,
  models: [],
});

it("names a machine as people do", () => {
  expect(nameHost({ platform: "darwin", arch: "arm64" })).toBe("macOS, arm64");
  expect(nameHost({ platform: "freebsd", arch: "x64" })).toBe("freebsd, x64");
});

it("takes the number out of what a program says of itself", () => {
  const labels = { claude_local: "Claude Code" };
  expect(nameOffer(offer("claude_local", "2.1.4 (Claude Code)"), labels)).toBe("Claude Code 2.1.4");
  expect(nameOffer(offer("codex_local", "codex-cli 0.50.0"), labels)).toBe("Codex 0.50.0");
  expect(nameOffer(offer("my_tool", "unknown", "My tool"), labels)).toBe("My tool");
  expect(nameOffer(offer("process", null), labels)).toBe("Process");
});

it("tells the first few and how many more there are", () => {
  const offers = ["a", "b", "c", "d"].map((type) => offer(type, null));
  expect(listOffers(offers, {}, 2)).toBe("A, B and 2 more");
  expect(listOffers(offers.slice(0, 3), {}, 2)).toBe("A, B, C");
});
