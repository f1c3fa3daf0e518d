import { expect, it } from "vitest";
import { showHidden } from "./show-hidden.ts";

it.each([
  ["npm test\n\tok é 漢 🙂", "npm test\n\tok é 漢 🙂"],
  ["ls \u202Efr- mr\u202C", "ls \\u{202E}fr- mr\\u{202C}"],
  ["rm\u200B -rf", "rm\\u{200B} -rf"],
  ["echo safe\rrm -rf .", "echo safe\\u{D}rm -rf ."],
  ["\u001B[8mhidden", "\\u{1B}[8mhidden"],
  ["\u{E0041}\u2066\u3164", "\\u{E0041}\\u{2066}\\u{3164}"],
])("writes out what nobody would see in %j", (text, shown) => {
  expect(showHidden(text)).toBe(shown);
});
