/** An e-mail as it was accepted. */
export interface Email {
  id: string;
  from: string;
  to: string[];
  subject: string;
  html: string;
  text: string;
  headers: Record<string, string>;
  createdAt: string;
}

/** A refusal in the provider's shape. */
export class EmailRefused extends Error {
  readonly status: number;
  readonly reason: string;

  constructor(status: number, reason: string, message: string) {
    super(message);
    this.name = "EmailRefused";
    this.status = status;
    this.reason = reason;
  }
}

const MAX_RECIPIENTS = 50;

/** Reads the body of `POST /emails`; refuses what the provider would refuse. */
export function readEmail(body: Buffer): Omit<Email, "id" | "createdAt"> {
  const fields = parseFields(body);
  const { from, to, subject, html = "", text = "", headers = {} } = fields;
  const list = Array.isArray(to) ? to : [to];
  if (!isText(from)) throw missing("from");
  if (list.length === 0 || !list.every(isText)) throw missing("to");
  if (list.length > MAX_RECIPIENTS)
    throw new EmailRefused(422, "validation_error", `More than ${MAX_RECIPIENTS} recipients.`);
  if (!isText(subject)) throw missing("subject");
  if (typeof html !== "string" || typeof text !== "string" || html + text === "") throw missing("html` or `text");
  for (const address of [from, ...list]) {
    if (!/^(?:[^<>]*<)?[^\s@<>]+@[^\s@<>]+>?$/.test(address)) {
      throw new EmailRefused(422, "validation_error", `Invalid e-mail address: ${address}`);
    }
  }
  if (!isHeaders(headers)) throw new EmailRefused(422, "validation_error", "`headers` must be texts by name.");
  return { from, to: list, subject, html, text, headers };
}

function parseFields(body: Buffer): Record<string, unknown> {
  try {
    const parsed: unknown = JSON.parse(body.toString());
    if (typeof parsed === "object" && parsed !== null) return { ...parsed };
  } catch {
    // Told below, together with what is JSON and yet no object.
  }
  throw new EmailRefused(400, "validation_error", "The body must be a JSON object.");
}

function isHeaders(value: unknown): value is Record<string, string> {
  return typeof value === "object" && value !== null && Object.values(value).every(isText);
}

function isText(value: unknown): value is string {
  return typeof value === "string" && value !== "";
}

function missing(field: string): EmailRefused {
  return new EmailRefused(422, "missing_required_field", `Missing \`${field}\` field.`);
}
