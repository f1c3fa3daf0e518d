import type { EnvironmentCheck } from "@boardroom/contract";
import { callTarget } from "../edge/call.ts";
import { cleanText } from "../edge/clean-text.ts";
import type { InvokeOptions } from "../edge-adapter.ts";
import { checkTargetUrl } from "../http/check-target-url.ts";
import { type AgentCard, cardUrl, readAgentCard } from "./agent-card.ts";
import { sendsSecret } from "./authenticate.ts";
import { type A2aConfig, a2aConfig } from "./config.ts";

const timeoutMs = 10_000;

/** Reads the agent's card, and says whether the agent can be spoken to. */
export async function testA2a(config: Record<string, unknown>, options: InvokeOptions): Promise<EnvironmentCheck[]> {
  const parsed = a2aConfig.safeParse(config);
  if (!parsed.success) return [{ level: "error", code: "config_invalid", message: "The configuration is not usable." }];
  const url = cardUrl(parsed.data.url);
  const signal = AbortSignal.timeout(timeoutMs);
  const answer = await callTarget({ url, method: "GET", headers: {}, signal, timeoutMs }, options);
  if (answer.kind === "outcome") {
    const message = answer.outcome.kind === "failed" ? answer.outcome.message : "The agent did not answer.";
    return [{ level: "error", code: "card_unreachable", message }];
  }
  const card = answer.status === 200 ? readAgentCard(answer.text) : null;
  if (!card) {
    const message = `There is no agent card at ${url} (answer ${answer.status}).`;
    return [{ level: "error", code: "card_missing", message, hint: "Give the URL of the card itself." }];
  }
  return judge(card, parsed.data, options);
}

function judge(card: AgentCard, config: A2aConfig, options: InvokeOptions): EnvironmentCheck[] {
  const name = cleanText(card.name ?? "", 200);
  if (!card.interface) {
    return [
      { level: "error", code: "card_no_interface", message: `${name} offers no JSON-RPC interface of A2A 0.x or 1.x.` },
    ];
  }
  const { url, version } = card.interface;
  const refused = checkTargetUrl(url, options);
  if (refused !== null) {
    return [{ level: "error", code: "card_unsafe_url", message: `The card's interface can't be called: ${refused}` }];
  }
  const checks: EnvironmentCheck[] = [
    { level: "info", code: "card_read", message: `${name} speaks A2A ${version} at ${new URL(url).host}.` },
  ];
  if (sendsSecret(config) && new URL(url).origin !== new URL(config.url).origin) {
    checks.push({
      level: "error",
      code: "card_other_host",
      message: "The card names another host, which the secret isn't for.",
    });
  }
  if (card.needsAuthentication && !sendsSecret(config)) {
    checks.push({
      level: "warn",
      code: "card_needs_auth",
      message: "The card asks for authentication: choose bearer or api_key.",
    });
  }
  return checks;
}
