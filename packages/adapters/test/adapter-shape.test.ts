import { adapterTraits, adapterTypes, edgeAdapterTypes } from "@boardroom/contract";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { adapterDefinitions } from "../src/definitions.ts";
import { configSchemaOf } from "../src/describe-adapter.ts";
import type { CommandResult, EnvironmentTestContext } from "../src/local/local-adapter.ts";
import { localAdapters } from "../src/local/local-adapters.ts";
import { transcriptStart } from "../src/transcript.ts";
import { allLines } from "./hostile-lines.ts";

const definitions = adapterDefinitions.map((definition) => [definition.type, definition] as const);
const locals = localAdapters.map((adapter) => [adapter.definition.type, adapter] as const);
/** What is needed to be usable at all, where not everything has a default. */
const least: Record<string, Record<string, unknown>> = {
  http: { url: "https://agents.example.com/hook" },
  openclaw_gateway: { url: "https://gateway.example.com/hooks/agent" },
  a2a: { url: "https://agents.example.com" },
  process: { command: "node" },
};

it("every kind of agent that the contract names is there, once, where the contract says", () => {
  const types = adapterDefinitions.map(({ type }) => type);
  expect([...types].sort()).toEqual([...adapterTypes].sort());
  for (const { type, place } of adapterDefinitions) {
    expect(place).toBe(edgeAdapterTypes.some((edge) => edge === type) ? "edge" : "runner");
    expect(Object.entries(adapterTraits).find(([known]) => known === type)?.[1].place).toBe(place);
  }
  expect(localAdapters.map(({ definition }) => definition.type)).toEqual(
    adapterDefinitions.filter(({ place }) => place === "runner").map(({ type }) => type),
  );
});

describe.each(definitions)("%s", (type, definition) => {
  it("tells when to use it and when not, by at least two reasons each", () => {
    const [before = "", after = ""] = definition.guidance.split("Don't use when:\n");
    expect(before).toMatch(/^Use when:\n(- \S.+\n){2,}/);
    expect(after).toMatch(/^(- \S.+(\n|$)){2,}/);
    expect(definition.label.trim()).not.toBe("");
  });

  it("names and describes each field, takes no others, and works with the least", () => {
    const { properties, additionalProperties } = configSchemaOf(definition);
    expect(additionalProperties).toBe(false);
    for (const [name, field] of Object.entries(properties ?? {})) {
      expect(field, name).toMatchObject({
        title: expect.stringMatching(/^\S.{1,60}$/),
        description: expect.stringMatching(/^\S/),
      });
    }
    expect(definition.configSchema.safeParse(least[type] ?? {}).success).toBe(true);
    expect(definition.configSchema.safeParse({ ...least[type], nobodyKnows: 1 }).success).toBe(false);
  });

  it("claims what fits together", () => {
    const { capabilities, place } = definition;
    const { instructionsPathKey: key } = capabilities;
    expect(key !== null).toBe(capabilities.supportsInstructionsBundle);
    if (key !== null) expect(Object.keys(definition.configSchema.shape)).toContain(key);
    if (capabilities.requiresMaterializedRuntimeSkills) expect(capabilities.supportsSkills).toBe(true);
    if (capabilities.supportsWorkspaces) expect(place).toBe("runner");
    const ids = definition.models.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    if (ids.length > 0) expect(Object.keys(definition.configSchema.shape)).toContain("model");
    for (const model of ids) expect(definition.configSchema.safeParse({ ...least[type], model }).success).toBe(true);
  });

  it("reads any log the same in parts and in one piece, and says where each step lies", () => {
    const line = fc.oneof(fc.constantFrom(...allLines), fc.string(), fc.json());
    const log = fc.array(line, { maxLength: 12 }).map((lines) => lines.join("\n"));
    fc.assert(
      fc.property(log, fc.array(fc.nat(200), { maxLength: 8 }), (text, cuts) => {
        const whole = definition.parseTranscript(text, transcriptStart, true);
        let state = transcriptStart;
        const entries = [];
        let rest = text;
        for (const cut of cuts) {
          const part = definition.parseTranscript(rest.slice(0, cut), state, false);
          entries.push(...part.entries);
          state = part.state;
          rest = rest.slice(cut);
        }
        entries.push(...definition.parseTranscript(rest, state, true).entries);
        expect(entries).toEqual(whole.entries);
      }),
      { numRuns: 60 },
    );
  });
});

describe.each(locals)("%s on a runner", (type, adapter) => {
  it("finds a configuration that isn't one", async () => {
    const checks = await adapter.testEnvironment({ ...machine, config: { command: 7 } });
    expect(checks).toContainEqual(expect.objectContaining({ level: "error", code: "config_invalid" }));
  });

  it("says when its program isn't there, and with which version it is", async () => {
    const test = (found: boolean) => {
      const startError = found ? null : { code: "command_not_found" as const, message: "Not found in PATH." };
      return adapter.testEnvironment({
        ...machine,
        config: least[type] ?? {},
        findProgram: async () => startError,
        probe: async () => ({ ...answered, stdoutTail: "1.2.3\n", startError }),
      });
    };
    expect(await test(false)).toContainEqual(expect.objectContaining({ level: "error", code: "command_not_found" }));
    expect(await test(true)).toContainEqual(expect.objectContaining({ level: "info", code: "command_found" }));
  });
});

const answered: CommandResult = {
  exitCode: 0,
  signal: null,
  timedOut: false,
  cancelled: false,
  startError: null,
  stdoutTail: "",
  stderrTail: "",
};

/** Everything is there, and nothing is said. */
const machine: EnvironmentTestContext = {
  config: {},
  envNames: [],
  findProgram: async () => null,
  probe: async () => answered,
  inspectPath: async () => "folder",
};
