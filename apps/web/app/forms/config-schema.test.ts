import { expect, it } from "vitest";
import { readConfigSchema } from "./config-schema.ts";

const kindsOf = (properties: Record<string, object>) =>
  Object.fromEntries(readConfigSchema({ type: "object", properties }).map(({ name, kind }) => [name, kind]));

it("finds the control that fits each kind of setting", () => {
  expect(
    kindsOf({
      command: { type: "string" },
      url: { type: "string", format: "uri" },
      prompt: { type: "string", format: "textarea" },
      apiKey: { type: "string", format: "password" },
      maxTurns: { type: "integer" },
      isQuiet: { type: "boolean" },
      effort: { type: "string", enum: ["low", "high"] },
      extraArgs: { type: "array", items: { type: "string" } },
      env: { type: "object", additionalProperties: { type: "string" } },
      rules: { type: "array", items: { type: "object" } },
    }),
  ).toEqual({
    command: "text",
    url: "url",
    prompt: "long",
    apiKey: "secret",
    maxTurns: "number",
    isQuiet: "boolean",
    effort: "choice",
    extraArgs: "list",
    env: "map",
    rules: "json",
  });
});

it("sees through null and through unions of constants", () => {
  expect(
    kindsOf({
      model: { type: ["string", "null"] },
      effort: { anyOf: [{ type: "string", enum: ["low", "high"] }, { type: "null" }] },
      mode: { anyOf: [{ const: "plan" }, { const: "full" }] },
      limit: { anyOf: [{ type: "number" }, { type: "null" }] },
    }),
  ).toEqual({ model: "text", effort: "choice", mode: "choice", limit: "number" });
});

it("asks for what has no default, and names what has no title", () => {
  const schema = {
    properties: { maxTurnsPerRun: { type: "integer", minimum: 1 }, cwd: { type: "string", default: "." } },
    required: ["maxTurnsPerRun", "cwd"],
  };
  expect(readConfigSchema(schema)).toMatchObject([
    { title: "Max turns per run", isRequired: true, min: 1, step: 1 },
    { title: "Cwd", isRequired: false, default: "." },
  ]);
});

it("has no field for a schema that says nothing", () => {
  expect(readConfigSchema({})).toEqual([]);
});
