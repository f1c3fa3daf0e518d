import { expect, it } from "vitest";
import { InvalidForm } from "./act.ts";
import { toControl } from "./config-control.ts";
import { readConfig } from "./config-form.ts";
import { readConfigSchema } from "./config-schema.ts";

const fields = readConfigSchema({
  properties: {
    command: { type: "string" },
    apiKey: { type: "string", format: "password" },
    maxTurns: { type: "integer" },
    isQuiet: { type: "boolean" },
    extraArgs: { type: "array", items: { type: "string" } },
    env: { type: "object", additionalProperties: { type: "string" } },
    rules: { type: "array", items: { type: "object" } },
  },
});

function fill(values: Record<string, string>): FormData {
  const form = new FormData();
  for (const [name, value] of Object.entries(values)) form.set(`adapterConfig.${name}`, value);
  return form;
}

function failureOf(form: FormData) {
  try {
    readConfig(form, fields);
  } catch (error) {
    if (error instanceof InvalidForm) return error.failure.fields;
  }
  return undefined;
}

it("reads every control into the type that the schema asks for", () => {
  const form = fill({
    command: "claude",
    maxTurns: "40",
    isQuiet: "on",
    extraArgs: "--verbose\r\n\r\n--add-dir /srv",
    env: "REGION=eu\r\nFLAGS=a=b",
    rules: '[{"a":1}]',
  });
  expect(readConfig(form, fields)).toEqual({
    command: "claude",
    maxTurns: 40,
    isQuiet: true,
    extraArgs: ["--verbose", "--add-dir /srv"],
    env: { REGION: "eu", FLAGS: "a=b" },
    rules: [{ a: 1 }],
  });
});

it("leaves out what is left empty, and keeps a secret that is not typed anew", () => {
  expect(readConfig(fill({ apiKey: "" }), fields, { apiKey: "kept", command: "old" })).toEqual({
    apiKey: "kept",
    isQuiet: false,
  });
  expect(readConfig(fill({ apiKey: "new" }), fields, { apiKey: "kept" })).toMatchObject({ apiKey: "new" });
});

it("says at the field what can't be read", () => {
  expect(failureOf(fill({ maxTurns: "many" }))).toEqual({ "adapterConfig.maxTurns": "Write a number." });
  expect(failureOf(fill({ rules: "[" }))).toEqual({ "adapterConfig.rules": "This is not valid JSON." });
  expect(failureOf(fill({ env: "REGION" }))).toMatchObject({ "adapterConfig.env": expect.stringContaining("REGION") });
});

it("takes JSON for all of it where the schema names nothing", () => {
  const form = new FormData();
  form.set("adapterConfig.", '{"anything":true}');
  expect(readConfig(form, [])).toEqual({ anything: true });
});

it("shows what is stored the way it is typed, and never a secret", () => {
  const stored: Record<string, unknown> = { extraArgs: ["-a", "-b"], env: { A: "1" }, apiKey: "s", maxTurns: 3 };
  const shown = fields.map((field) => [field.name, toControl(field, stored[field.name])]);
  expect(Object.fromEntries(shown)).toMatchObject({ extraArgs: "-a\n-b", env: "A=1", apiKey: "", maxTurns: "3" });
});
