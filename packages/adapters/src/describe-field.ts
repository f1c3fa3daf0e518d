/** The part of a JSON Schema that says something to a reader. */
export interface FieldSchema {
  type?: unknown;
  enum?: unknown;
  anyOf?: unknown;
  items?: unknown;
  additionalProperties?: unknown;
  default?: unknown;
  description?: string | undefined;
  minimum?: number | undefined;
  maximum?: number | undefined;
}

/**
 * A field of a configuration as a line of text.
 * @example describeField("timeoutSec", { type: "integer", default: 15 }, false) // "- timeoutSec (integer, default 15)"
 */
export function describeField(name: string, schema: FieldSchema, isRequired: boolean): string {
  const { minimum, maximum } = schema;
  const hasRange = schema.enum === undefined && minimum !== undefined && maximum !== undefined;
  const notes = [
    typeOf(schema),
    isRequired ? "required" : defaultOf(schema),
    hasRange && maximum < Number.MAX_SAFE_INTEGER ? `${minimum} to ${maximum}` : null,
  ].filter((note) => note !== null);
  return `- ${name} (${notes.join(", ")})${schema.description === undefined ? "" : `: ${schema.description}`}`;
}

function typeOf(schema: unknown): string {
  const { type, enum: values, anyOf, items, additionalProperties } = asSchema(schema);
  if (Array.isArray(values)) return values.map((value) => JSON.stringify(value)).join(" | ");
  if (Array.isArray(anyOf)) return anyOf.map(typeOf).join(" | ");
  if (type === "array") return `list of ${typeOf(items)}`;
  if (type === "object" && additionalProperties) return `map to ${typeOf(additionalProperties)}`;
  return typeof type === "string" ? type : "any";
}

const asSchema = (value: unknown): FieldSchema => (typeof value === "object" && value !== null ? value : {});

function defaultOf({ default: value }: FieldSchema): string {
  return value === undefined ? "optional" : `default ${JSON.stringify(value)}`;
}
