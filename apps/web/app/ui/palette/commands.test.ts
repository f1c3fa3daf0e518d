import { describe, expect, it } from "vitest";
import { commandsOf, findCommands } from "./commands.ts";

const labels = (typed: string, path = "") => findCommands(commandsOf(path), typed).map(({ label }) => label);

describe("the palette", () => {
  it("offers everything before something is typed, first what is to do", () => {
    expect(labels("")[0]).toBe("New issue");
    expect(labels("").length).toBe(commandsOf("").length);
  });

  it("finds by the beginning first, by all words anywhere, and nothing by others", () => {
    expect(labels("rou")).toEqual(["Routines", "New routine"]);
    expect(labels("issue new")).toEqual(["New issue"]);
    expect(labels("zebra")).toEqual([]);
  });

  it("offers what one does with an issue on the page of one only", () => {
    expect(labels("assign", "/issues/ACME-3")).toEqual(["Assign it"]);
    expect(labels("assign", "/issues/new")).toEqual([]);
  });
});
