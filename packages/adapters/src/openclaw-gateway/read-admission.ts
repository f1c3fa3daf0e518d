import type { InvocationOutcome } from "@boardroom/contract";
import type { Answer } from "../edge/call.ts";
import { cleanText } from "../edge/clean-text.ts";
import { failedStatus } from "../edge/failed-status.ts";
import { failed } from "../http/read-answer.ts";
import { asString, parseObject } from "../local/toolkit/json.ts";

/** What the gateway's answer to a hook means. */
export function readAdmission(answer: Answer): InvocationOutcome {
  if (answer.kind === "outcome") return answer.outcome;
  const { status, text } = answer;
  const body = parseObject(text);
  const said = asString(body?.error);
  if (status === 401) {
    return failed(
      false,
      "http_401",
      "The gateway doesn't take the agent's signing secret: set it as hooks.token there.",
    );
  }
  if (status === 404) {
    return failed(false, "http_404", "The gateway has no hook at this URL: set hooks.enabled, and look at hooks.path.");
  }
  if (status === 204) return failed(false, "no_action", "The gateway's mapping made nothing of the wake.");
  if (status < 200 || status >= 300) return failedStatus(answer, said);
  if (!body || body.ok === false) {
    const reason = said ? cleanText(said, 500) : "its answer is not an OpenClaw gateway's";
    return failed(false, "not_admitted", `The gateway did not admit the turn: ${reason}.`);
  }
  const runId = asString(body.runId);
  return { kind: "accepted", httpStatus: status, ...(runId ? { externalRunId: cleanText(runId, 200) } : {}) };
}
