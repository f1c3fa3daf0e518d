export interface ChangedField {
  field: string;
  before: string;
  after: string;
}

/** What differs between two payloads, field by field, deep ones by their path. */
export function changedFields(before: Record<string, unknown>, after: Record<string, unknown>): ChangedField[] {
  const [old, now] = [flatten(before), flatten(after)];
  const fields = [...new Set([...old.keys(), ...now.keys()])].sort();
  return fields.flatMap((field) => {
    const [was, is] = [old.get(field) ?? "", now.get(field) ?? ""];
    return was === is ? [] : [{ field, before: was, after: is }];
  });
}

function flatten(value: unknown, path = "", flat = new Map<string, string>()): Map<string, string> {
  if (typeof value === "object" && value !== null) {
    for (const [key, inner] of Object.entries(value)) flatten(inner, path === "" ? key : `${path}.${key}`, flat);
  } else if (value !== null && value !== undefined) {
    flat.set(path, String(value));
  }
  return flat;
}
