import { expect, it } from "vitest";
import { withoutControls } from "./say.ts";

it.each([
  ["plain\ttext\nof two lines", "plain\ttext\nof two lines"],
  ["\u001b[1;31mred\u001b[0m", "\u001b[1;31mred\u001b[0m"],
  ["\u001b]0;title\u0007\u001b[2Jgone\u001b[1A\r\u009b31m", "]0;title[2Jgone[1A31m"],
])("lets no more through to the terminal than text and colours: %j", (text, shown) => {
  expect(withoutControls(text)).toBe(shown);
});
