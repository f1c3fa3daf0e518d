import { expect, it } from "vitest";
import { formatPrice, parsePrice } from "./price.ts";

it.each([
  [300, "$3"],
  [7.5, "$0.075"],
  [1250, "$12.50"],
  [0, "$0"],
  [0.0001, "$0.000001"],
])("%s cents a million read %s, and are typed so", (cents, text) => {
  expect(formatPrice(cents)).toBe(text);
  expect(parsePrice(text)).toBe(cents);
});

it.each(["", "free", "-1", "1.1234567", "12345678"])("takes no %j for a price", (typed) => {
  expect(parsePrice(typed)).toBeUndefined();
});
