import { type Operation, operationIds, operations } from "@boardroom/contract";
import { describe, expect, it } from "vitest";
import { createOpenApi } from "./document.ts";
import type { JsonSchema } from "./schemas.ts";

interface Entry {
  operationId: string;
  parameters: { name?: string; in?: string; schema?: JsonSchema }[];
  requestBody?: { content: Record<string, { schema: JsonSchema }> };
  responses: Record<string, { content?: Record<string, { schema: JsonSchema }>; headers?: object }>;
}

const document = createOpenApi("1.2.3");
const paths = document.paths as Record<string, Record<string, Entry>>;
const { schemas } = document.components as { schemas: Record<string, JsonSchema> };
const entryOf = ({ path, method }: Operation) =>
  paths[`/api${path.replace(/:([a-zA-Z]+)/g, "{$1}")}`]?.[method.toLowerCase()];

describe("the OpenAPI document", () => {
  it.each(operationIds)("types every request and answer of %s", (id) => {
    const operation: Operation = operations[id];
    const entry = entryOf(operation);
    expect(entry?.operationId).toBe(id);
    for (const name of operation.path.match(/:[a-zA-Z]+/g) ?? []) {
      expect(entry?.parameters).toContainEqual(
        expect.objectContaining({ name: name.slice(1), in: "path", required: true }),
      );
    }
    for (const name of Object.keys(operation.query?.shape ?? {})) {
      expect(entry?.parameters).toContainEqual(expect.objectContaining({ name, in: "query" }));
    }
    expect(entry?.requestBody !== undefined).toBe(operation.method !== "GET");
    if (operation.body) expect(isTyped(entry?.requestBody?.content["application/json"]?.schema)).toBe(true);
    const success = entry?.responses[String(operation.status)];
    if (operation.output) expect(isTyped(success?.content?.["application/json"]?.schema)).toBe(true);
    else expect(success?.content).toBeUndefined();
    if (operation.paged)
      expect(Object.keys(success?.headers ?? {})).toEqual(expect.arrayContaining(["X-Next-Cursor", "Link"]));
    const refusals = Object.entries(entry?.responses ?? {}).filter(([status]) => Number(status) >= 400);
    expect(refusals.length).toBeGreaterThan(1);
    for (const [, { content }] of refusals) {
      expect(content?.["application/json"]?.schema).toEqual({ $ref: "#/components/schemas/Error" });
    }
  });

  it("refers to nothing that isn't there", () => {
    const names = [...JSON.stringify(document).matchAll(/"#\/components\/schemas\/([^"]+)"/g)].map(
      ([, name = ""]) => name,
    );
    expect(names.length).toBeGreaterThan(100);
    for (const name of new Set(names)) expect(Object.keys(schemas)).toContain(name);
    expect(JSON.stringify(document)).not.toContain("#/$defs/");
  });

  it("is the same text each time", () => {
    expect(JSON.stringify(createOpenApi("1.2.3"))).toBe(JSON.stringify(document));
  });

  it("names nothing twice", () => {
    const ids = Object.values(paths).flatMap((methods) => Object.values(methods).map(({ operationId }) => operationId));
    expect(new Set(ids).size).toBe(ids.length);
  });
});

/** Whether a schema says anything at all about its values. */
const isTyped = (schema: JsonSchema | undefined) =>
  schema !== undefined && ["type", "$ref", "anyOf", "oneOf", "enum", "const"].some((word) => word in schema);
