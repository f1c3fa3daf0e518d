/** What an action answers when it could not do what was asked. */
export interface FormFailure {
  failed: true;
  intent: string;
  message: string;
  code: string;
  /** Messages by field name. */
  fields: Record<string, string>;
  /** What was typed, so that nothing has to be typed twice. */
  values: Record<string, string>;
}

interface FieldIssue {
  path: PropertyKey[];
  message: string;
  code?: string;
}

/** A failure out of a schema's issues; a message belongs to the innermost named field. */
export function invalid(form: FormData, issues: FieldIssue[]): FormFailure {
  return {
    failed: true,
    intent: String(form.get("intent") ?? ""),
    message: "Some fields need another look.",
    code: "invalid_request",
    fields: byField(issues),
    values: keepValues(form),
  };
}

/** A failure at one field that only the action can know. */
export function invalidField(form: FormData, field: string, message: string): FormFailure {
  return { ...invalid(form, []), fields: { [field]: message } };
}

/** The findings that the API put into an error's details. */
export function readDetails(details: unknown): Record<string, string> {
  return Array.isArray(details)
    ? byField(details.filter(isFinding).map(({ path, message }) => ({ path: path.split("."), message })))
    : {};
}

function byField(issues: FieldIssue[]): Record<string, string> {
  const fields: Record<string, string> = {};
  for (const issue of issues) {
    fields[fieldOf(issue.path)] ??= sentence(issue);
  }
  return fields;
}

/** A setting of an adapter stands at its own control, however deep the finding lies in it. */
function fieldOf(path: PropertyKey[]): string {
  const at = path.indexOf("adapterConfig");
  if (at !== -1) return `adapterConfig.${String(path[at + 1] ?? "")}`;
  return String(path.findLast((part) => typeof part === "string" && part !== "body") ?? "");
}

function sentence(issue: FieldIssue): string {
  if (issue.code === "too_small" && /^Too small: expected string/.test(issue.message)) return "Please fill this in.";
  const bound = /^Too (small|big): expected number to be [<>]=(-?[\d.]+)/.exec(issue.message);
  if (bound) return `At ${bound[1] === "small" ? "least" : "most"} ${bound[2]}.`;
  return issue.message.endsWith(".") ? issue.message : `${issue.message}.`;
}

/** What was typed, without what must not be sent back; `secretField` names more of that. */
export function keepValues(form: FormData): Record<string, string> {
  const values: Record<string, string> = {};
  const secrets = form.getAll("secretField");
  for (const [name, value] of form) {
    if (typeof value === "string" && !/password|token/i.test(name) && !secrets.includes(name)) values[name] = value;
  }
  return values;
}

/** What was typed, for fields that shall keep it although nothing failed. */
export function typedBefore(values: Record<string, string>): FormFailure {
  return { failed: true, intent: "", message: "", code: "", fields: {}, values };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}

/** One entry of an API error's details: where, as "a.b", and what. */
function isFinding(value: unknown): value is { path: string; message: string } {
  return isRecord(value) && typeof value.path === "string" && typeof value.message === "string";
}
