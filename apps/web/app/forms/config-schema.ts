/** One field of an adapter's configuration, as a form shows it. */
export interface ConfigField {
  name: string;
  kind: "text" | "long" | "secret" | "url" | "number" | "boolean" | "choice" | "list" | "map" | "json";
  title: string;
  hint: string | null;
  isRequired: boolean;
  default: unknown;
  /** Of a choice. */
  choices: readonly string[];
  min: number | null;
  max: number | null;
  step: number | "any";
  maxLength: number | null;
  pattern: string | null;
}

/** Control names start with this, so that a setting may be called like one of the agent's own fields. */
export const configPrefix = "adapterConfig.";

/** The fields of a JSON Schema in its order. Whatever no control fits is edited as JSON; without any field, all of it is. */
export function readConfigSchema(schema: Record<string, unknown>): ConfigField[] {
  const properties = isRecord(schema.properties) ? schema.properties : {};
  const required = Array.isArray(schema.required) ? schema.required : [];
  return Object.entries(properties).flatMap(([name, property]) =>
    isRecord(property) ? [toField(name, property, required.includes(name))] : [],
  );
}

function toField(name: string, property: Schema, isRequired: boolean): ConfigField {
  const shape = unwrap(property);
  const kind = kindOf(shape);
  return {
    name,
    kind,
    title: textOf(property.title) ?? textOf(shape.title) ?? spell(name),
    hint: textOf(property.description) ?? textOf(shape.description),
    isRequired: isRequired && property.default === undefined && kind !== "boolean",
    default: property.default ?? shape.default ?? null,
    choices: kind === "choice" ? choicesOf(shape) : [],
    min: numberOf(shape.minimum),
    max: numberOf(shape.maximum),
    step: shape.type === "integer" ? 1 : "any",
    maxLength: numberOf(shape.maxLength),
    pattern: textOf(shape.pattern),
  };
}

type Schema = Record<string, unknown>;

/** What a nullable setting is when it is set. */
function unwrap(property: Schema): Schema {
  if (Array.isArray(property.type)) {
    const types = property.type.filter((type) => type !== "null");
    return types.length === 1 ? { ...property, type: types[0] } : property;
  }
  const parts = partsOf(property);
  const others = parts.filter((part) => part.type !== "null");
  return others.length === 1 && others.length < parts.length ? { ...others[0], ...withoutParts(property) } : property;
}

function kindOf(shape: Schema): ConfigField["kind"] {
  if (choicesOf(shape).length > 0) return "choice";
  switch (shape.type) {
    case "string":
      return kindOfText(shape);
    case "number":
    case "integer":
      return "number";
    case "boolean":
      return "boolean";
    case "array":
      return isRecord(shape.items) && shape.items.type === "string" ? "list" : "json";
    case "object":
      return isRecord(shape.additionalProperties) && shape.additionalProperties.type === "string" ? "map" : "json";
    default:
      return "json";
  }
}

function kindOfText(shape: Schema): ConfigField["kind"] {
  if (shape.format === "password" || shape.writeOnly === true) return "secret";
  if (shape.format === "uri") return "url";
  const isLong = shape.format === "textarea" || shape.format === "markdown" || Number(shape.maxLength ?? 0) > 4000;
  return isLong ? "long" : "text";
}

function choicesOf(shape: Schema): string[] {
  if (Array.isArray(shape.enum)) return shape.enum.filter((value) => typeof value === "string");
  const consts = partsOf(shape).map((part) => part.const);
  return consts.length > 0 && consts.every((value) => typeof value === "string") ? consts : [];
}

function partsOf(shape: Schema): Schema[] {
  const parts = shape.anyOf ?? shape.oneOf;
  return Array.isArray(parts) ? parts.filter(isRecord) : [];
}

function withoutParts({ anyOf: _, oneOf: __, ...rest }: Schema): Schema {
  return rest;
}

/** "maxTurnsPerRun" as "Max turns per run". */
export function spell(name: string): string {
  const words = name
    .replaceAll(/[_-]/g, " ")
    .replace(/([a-z0-9])([A-Z])/g, "$1 $2")
    .toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
}

function isRecord(value: unknown): value is Schema {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

const textOf = (value: unknown) => (typeof value === "string" && value !== "" ? value : null);
const numberOf = (value: unknown) => (typeof value === "number" && Number.isSafeInteger(value) ? value : null);
