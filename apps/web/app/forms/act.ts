import type { BoardroomError } from "@boardroom/contract";
import type { ActionFunctionArgs } from "@remix-run/cloudflare";
import { data } from "@remix-run/cloudflare";
import type { z } from "zod";
import { type CompanyActionArgs, readCompanyAction } from "../server/board.ts";
import { isBoardroomError, toThrown } from "../server/errors.ts";
import { configPrefix } from "./config-schema.ts";
import { type FormFailure, invalid, keepValues, readDetails } from "./failure.ts";

/** An action inside a company. What the API refuses comes back as a failure that the form shows, with its values kept. */
export function companyAction<T>(run: (args: CompanyActionArgs) => Promise<T>) {
  return async (args: ActionFunctionArgs) => {
    let form: FormData | undefined;
    try {
      const read = await readCompanyAction(args);
      form = read.form;
      return await run(read);
    } catch (error) {
      return failWith(error, args.request, form);
    }
  };
}

/** Maps what an action threw: a failure for the form, a redirect to sign-in, or the error itself. */
export function failWith(error: unknown, request: Request, form: FormData | undefined) {
  if (error instanceof InvalidForm) return data(error.failure, { status: 400 });
  if (!isBoardroomError(error)) throw error;
  if (error.status === 401 || !form) throw toThrown(error, request);
  const failure: FormFailure = {
    failed: true,
    intent: String(form.get("intent") ?? ""),
    message: error.message,
    code: error.code,
    fields: fieldsOf(error, form),
    values: keepValues(form),
  };
  return data(failure, { status: error.status });
}

const urlFields = [`${configPrefix}url`, "url"];

/** At which fields an error of the API belongs. */
function fieldsOf({ code, message, details }: BoardroomError, form: FormData): Record<string, string> {
  const urlField = code === "unsafe_url" && urlFields.find((name) => form.has(name));
  if (urlField) return { [urlField]: message };
  if (code === "already_exists" && form.has("name")) return { name: message };
  return readDetails(details);
}

/** Thrown by `parseForm` when a field does not hold. */
export class InvalidForm extends Error {
  readonly failure: FormFailure;
  constructor(failure: FormFailure) {
    super(failure.message);
    this.failure = failure;
  }
}

/** Checks a form's body against the operation's schema, or ends the action with messages at the fields. */
export function parseForm<S extends z.ZodType>(schema: S, body: unknown, form: FormData): z.output<S> {
  const parsed = schema.safeParse(body);
  if (parsed.success) return parsed.data;
  throw new InvalidForm(invalid(form, parsed.error.issues));
}
