import { describe, expect, it } from "vitest";
import { maxMentions, mentionsIn } from "./mentions.ts";

const keysIn = (text: string) => mentionsIn(text).urlKeys;
const id = "0197a1b2-0000-7000-8000-00000000abcd";

describe("who is mentioned", () => {
  it.each([
    ["@ada can you look?", ["ada"]],
    ["Thanks, @Ada-Lovelace.", ["ada-lovelace"]],
    ["(@ada, @bob): please", ["ada", "bob"]],
    ["@ada @ADA @ada", ["ada"]],
    ["ask @ada's opinion", ["ada"]],
    ["@Zoë and @数据", ["zoe", "数据"]],
    ['@"Ada Lovelace" and @"Zoë"', ["ada-lovelace", "zoe"]],
    ["**@ada** _@bob_x", ["ada"]],
    ["first line\n@ada", ["ada"]],
    ["@ada- not part of it", ["ada"]],
  ])("in %j", (text, keys) => {
    expect(keysIn(text)).toEqual(keys);
  });

  it("by a link with the agent's id, whose words count for nothing", () => {
    expect(mentionsIn(`[@Bob](agent://${id.toUpperCase()}) and [@Eve](https://example.com)`)).toEqual({
      urlKeys: ["eve"],
      agentIds: [id],
    });
  });

  it("is heard twenty times at most", () => {
    const many = Array.from({ length: 50 }, (_, n) => `@agent-${n}`).join(" ");
    expect(keysIn(many)).toHaveLength(maxMentions);
    expect(mentionsIn(`[@x](agent://${id}) ${many}`).urlKeys).toHaveLength(maxMentions - 1);
  });
});

describe("who is not mentioned", () => {
  it.each([
    "write to ada@example.com or <ada.l@example.com>",
    "first.last+x@ada.example",
    "npm i @remix-run/react @types/node",
    "see https://social.example/@ada and @ada@social.example",
    "\\@ada",
    "@ @@ada @_ada @ada_b",
    "`@ada` and `` `@bob` ``",
    "```\n@ada\n```",
    "~~~ts\n@ada\n```\n@bob\n~~~",
    "> ```js\n> @ada\n> ```",
    "```\n@ada never closed",
    "````\n```\n@ada\n````",
    '@"" @"two\nlines"',
  ])("in %j", (text) => {
    expect(mentionsIn(text)).toEqual({ urlKeys: [], agentIds: [] });
  });

  it("leaves what follows code alone", () => {
    expect(keysIn("`x` @ada `y` ` @bob")).toEqual(["ada", "bob"]);
    expect(keysIn("```\ncode\n```\n@ada")).toEqual(["ada"]);
    expect(keysIn("```not a fence``` @ada")).toEqual(["ada"]);
    expect(keysIn("~~~\n`\n~~~\n@ada ` @bob")).toEqual(["ada", "bob"]);
  });

  it("is found out quickly in a hundred thousand hostile characters", () => {
    const hostile = ["`", "``` ` ", "@", '@"', "@a-", "[@a](agent://", "@a/", "[", "~~~\n"];
    for (const part of hostile) {
      const text = part.repeat(100_000 / part.length);
      const before = performance.now();
      mentionsIn(text);
      expect(performance.now() - before, part).toBeLessThan(1000);
    }
  });
});
