import { readError } from "@boardroom/contract";
import type { AppLoadContext } from "@remix-run/cloudflare";
import { findCompany } from "./companies.ts";

/** Hands a form with a file on to the API, as it comes. @throws BoardroomError what the API refuses */
export async function sendAttachment(
  context: AppLoadContext,
  request: Request,
  prefix: string,
  identifier: string,
): Promise<void> {
  const company = await findCompany(context, prefix);
  const path = `/companies/${company.id}/issues/${encodeURIComponent(identifier)}/attachments`;
  const headers = { "content-type": request.headers.get("content-type") ?? "" };
  const answer = await context.send(path, { method: "POST", headers, body: request.body });
  const body = await answer.text();
  if (!answer.ok) throw readError({ status: answer.status, body });
}
