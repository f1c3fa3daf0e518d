import { type AppLoadContext, data } from "@remix-run/cloudflare";
import { type FormFailure, invalidField, keepValues } from "../forms/failure.ts";

/** What Better Auth needs of the visitor's request: who they are, where they come from. */
const forwarded = ["cookie", "origin", "user-agent", "cf-connecting-ip", "x-forwarded-for", "x-real-ip"];

/** Calls Better Auth for the visitor. */
export function callAuth(context: AppLoadContext, request: Request, path: string, body?: object): Promise<Response> {
  const headers = new Headers();
  for (const name of forwarded) {
    const value = request.headers.get(name);
    if (value !== null) headers.set(name, value);
  }
  if (body === undefined) return context.auth(path, { headers });
  headers.set("content-type", "application/json");
  return context.auth(path, { method: "POST", headers, body: JSON.stringify(body) });
}

/** The cookies that an answer of Better Auth sets, for an answer of the board. */
export function cookiesOf(response: Response): Headers {
  const headers = new Headers();
  for (const cookie of response.headers.getSetCookie()) headers.append("Set-Cookie", cookie);
  return headers;
}

export interface Visitor {
  name: string;
  email: string;
  emailVerified: boolean;
  /** Whether signing in asks for a code after the password. */
  hasSecondFactor: boolean;
}

/** Who is signed in, or null. */
export async function readVisitor(context: AppLoadContext, request: Request): Promise<Visitor | null> {
  const response = await callAuth(context, request, "/get-session");
  if (!response.ok) return null;
  const session: unknown = await response.json();
  if (!isRecord(session) || !isRecord(session.user)) return null;
  const { name, email, emailVerified, twoFactorEnabled } = session.user;
  return {
    name: String(name),
    email: String(email),
    emailVerified: emailVerified === true,
    hasSecondFactor: twoFactorEnabled === true,
  };
}

/** Whether the password was right and a code is to follow: there is no session yet. */
export async function asksForCode(signedIn: Response): Promise<boolean> {
  const answer: unknown = await signedIn.json();
  return isRecord(answer) && answer.twoFactorRedirect === true;
}

/** What Better Auth refused, as a failure of the form: its code, said in the board's words at the field it is about. */
export async function authFailure(form: FormData, response: Response) {
  const answer: unknown = await response.json().catch(() => null);
  const code = isRecord(answer) && typeof answer.code === "string" ? answer.code : "";
  return data({ ...explain(form, code, response.status), code }, { status: response.status });
}

function explain(form: FormData, code: string, status: number): FormFailure {
  const says = (message: string): FormFailure => ({
    ...invalidField(form, "", ""),
    fields: {},
    message,
    values: keepValues(form),
  });
  if (code.startsWith("USER_ALREADY_EXISTS")) {
    return invalidField(form, "email", "This address has an account already. Sign in, or ask for a new password.");
  }
  switch (code) {
    case "INVALID_EMAIL_OR_PASSWORD":
      return says("That address and password don't belong together.");
    case "INVALID_EMAIL":
      return invalidField(form, "email", "Write an address like you@example.com.");
    case "PASSWORD_TOO_SHORT":
      return invalidField(form, "password", "Use at least 8 characters.");
    case "PASSWORD_TOO_LONG":
      return invalidField(form, "password", "Use at most 128 characters.");
    case "INVALID_PASSWORD":
      return invalidField(form, "password", "This is not your password.");
    case "INVALID_CODE":
      return invalidField(form, "code", "This code is not right. The app shows a new one every half minute.");
    case "INVALID_BACKUP_CODE":
      return invalidField(form, "code", "This is none of your backup codes, or it was used already.");
    case "ACCOUNT_TEMPORARILY_LOCKED":
      return says("Too many wrong codes. Wait a quarter of an hour and try again.");
    case "INVALID_TOKEN":
    case "TOKEN_EXPIRED":
      return says("This link is no longer good. Ask for a new one.");
    default:
      return says(
        status === 429 ? "Too many tries. Wait a minute and try again." : "That did not work. Try again in a moment.",
      );
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}
