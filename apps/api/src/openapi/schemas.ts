import * as z from "zod";

export type JsonSchema = Record<string, unknown>;

/** Gathers the named schemas of a document while its parts are made. */
export interface SchemaBook {
  /** The JSON schema of what a caller sends. */
  input(schema: z.ZodType): JsonSchema;
  /** The JSON schema of what is answered. */
  output(schema: z.ZodType): JsonSchema;
  /** Everything that was referred to by name, sorted. */
  components(): Record<string, JsonSchema>;
}

/** Formats say it; their patterns are long and add nothing. */
const toldByFormat = new Set(["uuid", "date-time", "date", "uri"]);

export function createSchemaBook(): SchemaBook {
  const named = new Map<string, JsonSchema>();
  const convert = (schema: z.ZodType, io: "input" | "output"): JsonSchema => {
    const {
      $schema: _,
      $defs = {},
      ...root
    } = z.toJSONSchema(schema, { io, override: ({ jsonSchema }) => simplify(jsonSchema, io) });
    const names = new Map(Object.keys($defs).map((name) => [name, name]));
    for (const [name, definition] of Object.entries($defs)) names.set(name, register(named, name, definition, io));
    // A second pass, because a definition may refer to one that got another name.
    for (const [name, definition] of Object.entries($defs))
      named.set(names.get(name) ?? name, rename(definition, names));
    return rename(root, names);
  };
  return {
    input: (schema) => convert(schema, "input"),
    output: (schema) => convert(schema, "output"),
    components: () => Object.fromEntries([...named].sort(([a], [b]) => (a < b ? -1 : 1))),
  };
}

function simplify(schema: JsonSchema, io: "input" | "output"): void {
  if (toldByFormat.has(String(schema.format))) delete schema.pattern;
  // Answers may grow fields.
  if (io === "output" && schema.additionalProperties === false) delete schema.additionalProperties;
}

/** A name for a definition; what a caller sends is named apart where it differs from what is answered. */
function register(named: Map<string, JsonSchema>, name: string, definition: unknown, io: "input" | "output"): string {
  const own = rename(definition, new Map());
  const known = named.get(name);
  if (!known || JSON.stringify(known) === JSON.stringify(own)) return name;
  return io === "input" ? `${name}Input` : name;
}

/** Points references at the document's components. */
function rename(schema: unknown, names: ReadonlyMap<string, string>): JsonSchema {
  const text = JSON.stringify(schema, (key, value: unknown) => {
    const name = key === "$ref" && typeof value === "string" ? /^#\/\$defs\/(.+)$/.exec(value)?.[1] : undefined;
    return name === undefined ? value : `#/components/schemas/${names.get(name) ?? name}`;
  });
  return JSON.parse(text) as JsonSchema;
}
