import type { ServerResponse } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import type { RunResult } from "@boardroom/contract";
import type { ReceivedWebhook } from "./start-agent.ts";

/** How an agent's server answers one webhook. */
export type AgentBehaviour = (webhook: ReceivedWebhook, response: ServerResponse) => Promise<void> | void;

/** What agents do, and what they do wrong. */
export const behaviours = {
  /** Answers 200 with a result: the run is finished. */
  finish:
    (result: Partial<RunResult> & Record<string, unknown> = { status: "succeeded", summary: "Done" }): AgentBehaviour =>
    (_webhook, response) =>
      answer(response, 200, JSON.stringify(result)),

  /** Answers 202, then works through the API; without work it falls silent. */
  accept:
    (work?: (webhook: ReceivedWebhook) => Promise<unknown>): AgentBehaviour =>
    async (webhook, response) => {
      answer(response, 202, "");
      await work?.(webhook);
    },

  /** Works first and answers 200 then, all within one request. */
  workThenFinish:
    (work: (webhook: ReceivedWebhook) => Promise<unknown>, result: Partial<RunResult> = {}): AgentBehaviour =>
    async (webhook, response) => {
      await work(webhook);
      answer(response, 200, JSON.stringify({ status: "succeeded", ...result }));
    },

  /** Answers with any status: 500, 410, 429 with `retry-after`, … */
  status:
    (status: number, headers: Record<string, string> = {}, body = "no"): AgentBehaviour =>
    (_webhook, response) =>
      answer(response, status, body, headers),

  redirect:
    (location: string, status = 307): AgentBehaviour =>
    (_webhook, response) =>
      answer(response, status, "", { location }),

  slow:
    (delayMs: number, then: AgentBehaviour): AgentBehaviour =>
    async (webhook, response) => {
      await sleep(delayMs);
      await then(webhook, response);
    },

  /** Sends far more than anybody wants to read. */
  flood:
    (bytes = 10 * 1024 * 1024): AgentBehaviour =>
    (_webhook, response) =>
      answer(response, 200, `{"summary":"${"x".repeat(bytes)}"}`),

  neverAnswer: (): AgentBehaviour => () => undefined,

  hangUp: (): AgentBehaviour => (_webhook, response) => void response.destroy(),

  /** One behaviour after the other; the last one stays. */
  inTurn: (...turns: [AgentBehaviour, ...AgentBehaviour[]]): AgentBehaviour => {
    const left = [...turns];
    const last = turns[turns.length - 1] ?? turns[0];
    return (webhook, response) => (left.shift() ?? last)(webhook, response);
  },
};

function answer(response: ServerResponse, status: number, body: string, headers: Record<string, string> = {}): void {
  response.writeHead(status, { "content-type": "application/json", ...headers }).end(body);
}
