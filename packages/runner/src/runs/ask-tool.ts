import type { ToolCall, ToolDecision } from "@boardroom/adapters/local";
import type { OperationOutput, Operations } from "@boardroom/contract";
import type { Api } from "../api/api.ts";
import { judgeError, messageOf } from "../api/judge-error.ts";
import { backoffMs, pause } from "../connection/backoff.ts";

type Approval = OperationOutput<Operations["toolApprovals.request"]>;

export interface ToolAsker {
  ask(call: ToolCall): Promise<ToolDecision>;
  /** A hint said that this one was decided. */
  decided(toolApprovalId: string): void;
}

export interface ToolAskerOptions {
  api: Api;
  runId: string;
  token(): string;
  signal: AbortSignal;
  /** The server's time: by this machine's own, an answer might be given up as soon as it was asked for. */
  now(): number;
  /** How often the server is asked when no hint comes. */
  askEveryMs?: number;
}

/** Puts tool calls of one run before the company's rules and the board. Whatever goes wrong on the way is a no. */
export function createToolAsker({ api, runId, token, signal, now, askEveryMs = 10_000 }: ToolAskerOptions): ToolAsker {
  const waiting = new Map<string, () => void>();
  const retry = async <T>(endAt: number, attempt: () => Promise<T>): Promise<T | null> => {
    for (let failures = 1; !signal.aborted && now() < endAt; failures += 1) {
      try {
        return await attempt();
      } catch (error) {
        if (judgeError(error) !== "later") throw error;
        await pause(backoffMs(failures, 500, 5000), signal);
      }
    }
    return null;
  };
  const untilDecided = async (asked: Approval): Promise<Approval | null> => {
    // A little after the server's own time, which turns it into a denial there.
    const endAt = Math.min(now() + 3_700_000, Math.max(now(), Date.parse(asked.expiresAt)) + 15_000);
    let approval: Approval | null = asked;
    while (approval?.status === "pending" && !signal.aborted && now() < endAt) {
      const hinted = new AbortController();
      waiting.set(asked.id, () => hinted.abort());
      await pause(askEveryMs, AbortSignal.any([hinted.signal, signal]));
      waiting.delete(asked.id);
      if (signal.aborted) break;
      approval = await retry(endAt, () =>
        api.call("toolApprovals.get", { params: { id: asked.id } }, { token: token(), signal }),
      );
    }
    return approval;
  };
  return {
    async ask({ callId, tool, input, summary, unlessDenied }) {
      try {
        const body = { callId, tool, input, summary, unlessDenied };
        const asked = await retry(now() + 60_000, () =>
          api.call("toolApprovals.request", { params: { id: runId }, body }, { token: token(), signal }),
        );
        const answer = asked && (await untilDecided(asked));
        if (answer?.status === "allowed") return { decision: "allow", note: answer.note };
        if (signal.aborted) return deny("The run was stopped.");
        if (!answer || answer.status === "pending") return deny("The board can't be reached right now.");
        return deny(answer.note ?? sentences[answer.status] ?? "The board said no.");
      } catch (error) {
        return deny(`The board could not be asked: ${messageOf(error)}`);
      }
    },
    decided: (id) => waiting.get(id)?.(),
  };
}

const sentences: Partial<Record<Approval["status"], string>> = {
  expired: "Nobody of the board answered in time.",
  cancelled: "The question was withdrawn.",
};

const deny = (note: string): ToolDecision => ({ decision: "deny", note });
