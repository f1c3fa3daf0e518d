import type { Invocation, InvocationOutcome } from "@boardroom/contract";
import { type Answer, callTarget } from "../edge/call.ts";
import { failedStatus } from "../edge/failed-status.ts";
import type { InvokeOptions } from "../edge-adapter.ts";
import { failed } from "../http/read-answer.ts";
import { type A2aInterface, cardUrl, readAgentCard } from "./agent-card.ts";
import { authenticate, sendsSecret } from "./authenticate.ts";
import type { A2aConfig } from "./config.ts";

/** A way to one agent, found by its card. */
export interface Connection {
  major: A2aInterface["major"];
  tenant: string | null;
  post(body: string): Promise<Answer>;
}

/** Reads the agent's card and opens the way that it names. The card is a stranger's word: its URL is judged like any other. */
export async function connect(
  config: A2aConfig,
  invocation: Invocation,
  options: InvokeOptions,
): Promise<{ connection: Connection } | { outcome: InvocationOutcome }> {
  const timeoutMs = config.timeoutSec * 1000;
  const signal = AbortSignal.timeout(timeoutMs);
  const common = { signal, timeoutMs };
  const url = cardUrl(config.url);
  const answer = await callTarget({ ...common, url, method: "GET", headers: {} }, options);
  if (answer.kind === "outcome") return answer;
  if (answer.status !== 200) return { outcome: failedStatus(answer, `there is no agent card at ${url}`) };
  const found = readAgentCard(answer.text)?.interface ?? null;
  if (!found) {
    return {
      outcome: failed(false, "no_interface", "The agent's card names no JSON-RPC interface of A2A 0.x or 1.x."),
    };
  }
  const refused = refuse(config, found.url);
  if (refused) return { outcome: refused };
  const post = (body: string): Promise<Answer> => {
    const headers = {
      ...config.headers,
      "content-type": "application/json",
      "a2a-version": found.version,
      traceparent: invocation.traceparent,
      ...authenticate(config, invocation, webhookId(invocation), body),
    };
    return callTarget({ ...common, url: found.url, method: "POST", headers, body }, options);
  };
  return { connection: { major: found.major, tenant: found.tenant, post } };
}

/** A card may name another host, but then no secret goes there. */
function refuse(config: A2aConfig, url: string): InvocationOutcome | null {
  if (!sendsSecret(config) || originOf(url) === originOf(config.url)) return null;
  return failed(
    false,
    "unsafe_url",
    "The agent's card names another host, and the secret is only for the configured one.",
  );
}

function webhookId({ runId, payload }: Invocation): string {
  return payload.type === "heartbeat.invoke" ? runId : `${runId}-${payload.type.replace("heartbeat.", "")}`;
}

function originOf(url: string): string | null {
  try {
    return new URL(url).origin;
  } catch {
    return null;
  }
}
