import { type AppLoadContext, data, redirect } from "@remix-run/cloudflare";
import type { FormFailure } from "../forms/failure.ts";
import { readText } from "../forms/read.ts";
import { authFailure, callAuth, cookiesOf } from "./auth.ts";
import { type QrCode, toQrCode } from "./qr-code.ts";

/** A second factor that is being set up. The form carries it on: the key is shown by nobody a second time. */
export interface Setup {
  uri: string;
  key: string;
  qr: QrCode;
  backupCodes: string[];
}

export type SetupFailure = FormFailure & { setup?: Setup };
export type SecondFactorResult = SetupFailure | { setup: Setup } | { backupCodes: string[] };

interface Ask {
  context: AppLoadContext;
  request: Request;
  form: FormData;
}

export async function beginSetup({ context, request, form }: Ask) {
  const answer = await callAuth(context, request, "/two-factor/enable", passwordOf(form));
  if (!answer.ok) return authFailure(form, answer);
  const { totpURI, backupCodes } = (await answer.json()) as { totpURI: string; backupCodes: string[] };
  const setup = toSetup(totpURI, backupCodes);
  if (!setup) throw new Error("The key of the second factor came without its address.");
  return { setup };
}

/** Turns it on with the first code. The session is a new one from here on, so the answer brings its cookie. */
export async function confirmSetup({ context, request, form }: Ask) {
  const setup = toSetup(readText(form, "uri"), readText(form, "backupCodes").split(" "));
  if (!setup) return redirect(new URL(request.url).pathname);
  const code = readText(form, "code").replace(/\s/g, "");
  const answer = await callAuth(context, request, "/two-factor/verify-totp", { code });
  if (answer.ok) return data({ backupCodes: setup.backupCodes }, { headers: cookiesOf(answer) });
  const failure = await authFailure(form, answer);
  // Anything else than a wrong code has nothing to do with what is shown here, so that is begun again.
  if (failure.data.code !== "INVALID_CODE") return failure;
  return data({ ...failure.data, setup }, failure.init ?? undefined);
}

export async function renewBackupCodes({ context, request, form }: Ask) {
  const answer = await callAuth(context, request, "/two-factor/generate-backup-codes", passwordOf(form));
  if (!answer.ok) return authFailure(form, answer);
  const { backupCodes } = (await answer.json()) as { backupCodes: string[] };
  return { backupCodes };
}

export async function turnOff({ context, request, form }: Ask) {
  const answer = await callAuth(context, request, "/two-factor/disable", passwordOf(form));
  if (!answer.ok) return authFailure(form, answer);
  const here = new URL(request.url);
  here.searchParams.set("off", "");
  return redirect(here.pathname + here.search, { headers: cookiesOf(answer) });
}

const passwordOf = (form: FormData) => ({ password: String(form.get("password") ?? "") });

function toSetup(uri: string, backupCodes: string[]): Setup | null {
  const isKey = uri.length < 600 && uri.startsWith("otpauth://totp/") && URL.canParse(uri);
  const key = isKey ? new URL(uri).searchParams.get("secret") : null;
  return key ? { uri, key, qr: toQrCode(uri), backupCodes } : null;
}
