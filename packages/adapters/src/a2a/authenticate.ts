import type { Invocation } from "@boardroom/contract";
import { signWebhook } from "../http/sign-webhook.ts";
import type { A2aConfig } from "./config.ts";

/** Whether a call carries the secret itself, which only the configured host may see. */
export const sendsSecret = ({ authentication, headers }: A2aConfig): boolean =>
  authentication === "bearer" || authentication === "api_key" || Object.keys(headers ?? {}).length > 0;

/** The headers that prove who calls. Signatures are of both secrets while a rotation lasts, tokens of the current one. */
export function authenticate(
  config: A2aConfig,
  { secrets }: Pick<Invocation, "secrets">,
  messageId: string,
  body: string,
): Record<string, string> {
  const [secret] = secrets;
  if (secret === undefined || config.authentication === "none") return {};
  if (config.authentication === "bearer") return { authorization: `Bearer ${secret}` };
  if (config.authentication === "api_key") return { [config.apiKeyHeader.toLowerCase()]: secret };
  return signWebhook(secrets, messageId, new Date(), body);
}
