import { expect, it } from "vitest";
import { csvLine } from "./csv.ts";

it("quotes what would break a line or a cell", () => {
  expect(csvLine(["a,b", 'say "no"', "two\nlines", null, -1.5, "plain"])).toBe(
    '"a,b","say ""no""","two\nlines",,-1.5,plain\r\n',
  );
});

it("marks as text whatever a spreadsheet would run", () => {
  for (const formula of ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", " =cmd|' /C calc'!A0", "\r=1"]) {
    expect(csvLine([formula]).replace(/^"/, "")).toMatch(/^'/);
  }
});
