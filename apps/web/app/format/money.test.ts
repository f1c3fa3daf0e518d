import { describe, expect, it } from "vitest";
import { formatMoney, moneyInputValue, parseMoney } from "./money.ts";

describe("formatMoney", () => {
  it.each([
    [0, "$0.00"],
    [0.2, "<$0.01"],
    [12, "$0.12"],
    [1240, "$12.40"],
    [9999, "$99.99"],
    [9999.6, "$100"],
    [124_00, "$124"],
    [1_234_00, "$1,234"],
    [12_340_00, "$12.3k"],
    [250_000_00, "$250k"],
    [1_000_000_00, "$1M"],
    [-1240, "-$12.40"],
  ])("writes %d cents as %s", (cents, expected) => expect(formatMoney(cents)).toBe(expected));
});

describe("parseMoney", () => {
  it.each([
    ["", null],
    ["12", 1200],
    ["$1,250.5", 125_050],
    ["0", 0],
    ["0.29", 29],
    ["twelve", undefined],
    ["-3", undefined],
    ["1.234", undefined],
  ])("reads %j as %j", (typed, expected) => expect(parseMoney(typed)).toBe(expected));

  it("reads back what a field shows", () => {
    for (const cents of [0, 5, 1999, 250_000]) expect(parseMoney(moneyInputValue(cents))).toBe(cents);
    expect(moneyInputValue(null)).toBe("");
  });
});
