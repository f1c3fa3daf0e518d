import fc, { type AsyncCommand } from "fast-check";
import { expect } from "vitest";
import { pauseAgent, resumeAgent } from "../../src/agents/index.ts";
import { acknowledgeRun } from "../../src/heartbeat/acknowledge-run.ts";
import { claimRun } from "../../src/heartbeat/claim-run.ts";
import { addRunEvents, cancelRun, completeRun, invokeHeartbeat, renewRun } from "../../src/heartbeat/index.ts";
import { reapRuns } from "../../src/heartbeat/reap-runs.ts";
import { requeueRun } from "../../src/heartbeat/requeue-run.ts";
import type { RunStep } from "../../src/heartbeat/run-machine.ts";
import { checkoutIssue } from "../../src/issues/index.ts";
import { outcomeOf } from "../contested-issue.ts";
import { compareWorlds } from "./compare-worlds.ts";
import { type ModelRun, type RunModel, results } from "./run-model.ts";
import type { RunReality } from "./run-reality.ts";

type RunCommand = AsyncCommand<RunModel, RunReality>;

/** A command that, once done in both worlds, leaves them the same. */
function command(
  name: string,
  check: (model: RunModel) => boolean,
  run: (model: RunModel, reality: RunReality) => Promise<unknown>,
): RunCommand {
  return {
    check,
    toString: () => name,
    async run(model, reality) {
      model.now += 1;
      await run(model, reality);
      await compareWorlds(model, reality);
    },
  };
}

interface Token {
  run: ModelRun;
  fence: number;
  isCurrent: boolean;
}

/** A command of the n-th run's executor; with an older fence where `isOld`. */
function executed(
  name: string,
  { nth, isOld }: { nth: number; isOld: boolean },
  work: (model: RunModel, reality: RunReality, token: Token) => Promise<unknown>,
): RunCommand {
  const started = (model: RunModel) => model.runs.filter(({ state }) => state.fence !== null);
  return command(
    `${name} run ${nth}${isOld ? " with an old fence" : ""}`,
    (model) => started(model).length > 0,
    async (model, reality) => {
      const running = model.runs.filter(({ state }) => state.status === "running");
      // Most of the time one that runs; ended ones must refuse everything.
      const runs = nth < 8 && running.length > 0 ? running : started(model);
      const run = runs[runs.length - 1 - (nth % runs.length)];
      if (!run || run.state.fence === null) throw new Error("No run was started");
      const fence = run.state.fence - (isOld ? 1 : 0);
      await work(model, reality, { run, fence, isCurrent: !isOld });
    },
  );
}

/** What a verb answers where the machine takes or refuses its event. */
const answerOf = ({ refusal }: RunStep) =>
  refusal === null ? "ok" : refusal === "ended" ? "invalid_transition" : "lease_lost";
const contextOf = ({ tenant, agents }: RunReality, { run, fence }: Token) => {
  const agent = agents[run.agent];
  if (!agent) throw new Error("No such agent");
  return tenant.asRun(agent, { id: run.state.id, fence });
};
const idOf = (run: ModelRun) => run.state.id;

const runs = { nth: fc.nat({ max: 9 }), isOld: fc.nat({ max: 6 }).map((dice) => dice === 0) };
const agent = fc.nat({ max: 1 });

const kinds: Record<string, fc.Arbitrary<RunCommand>> = {
  wake: fc.record({ agent, issue: fc.option(fc.nat({ max: 2 })) }).map(({ agent, issue }) =>
    command(
      `wake agent ${agent} for ${issue ?? "itself"}`,
      () => true,
      async (model, { tenant, agents, issueIds }) => {
        const id = agents[agent]?.id ?? "";
        const work = invokeHeartbeat(tenant.board, { id, issueId: issue === null ? null : (issueIds[issue] ?? null) });
        if (model.isPaused[agent]) return expect(await outcomeOf(work)).toBe("agent_not_invokable");
        const { run, wake } = await work;
        const isNew = model.wake(agent, issue, String(run?.id), true);
        expect(wake.coalescedCount === 0).toBe(isNew);
      },
    ),
  ),
  claim: fc.nat({ max: 7 }).map((nth) =>
    command(
      `claim run ${nth}`,
      (model) => model.runs.length > 0,
      async (model, { system }) => {
        const waiting = model.runs.filter(({ state }) => state.status === "queued");
        const run = waiting[nth % Math.max(1, waiting.length)] ?? model.runs[nth % model.runs.length];
        if (!run) throw new Error("No run");
        const verdict = model.judge(run);
        model.tell(`verdict ${verdict}`);
        const waitedFor = run.waitReason;
        const claimed = await claimRun(system, idOf(run));
        expect(claimed?.verdict).toBe(verdict);
        if (verdict === "claimed") model.claim(run, Number(claimed?.fence));
        else if (verdict === "agent_paused") model.step(run, { type: "skip" });
        else if (verdict !== "not_queued" && verdict !== "not_yet") model.wait(run, verdict);
        model.passOn(run, waitedFor, verdict);
      },
    ),
  ),
  waitsEnd: fc.constant(
    command(
      "time passes for what waits",
      () => true,
      async (model, { db, tenant }) => {
        for (const run of model.runs)
          if (run.state.status === "queued")
            run.state = { ...run.state, availableAt: Math.min(run.state.availableAt, model.now) };
        await db.owner.query(
          "update heartbeat_runs set available_at = least(available_at, now()) where company_id = $1 and status = 'queued'",
          [tenant.companyId],
        );
      },
    ),
  ),
  leaseEnds: fc.record(runs).map((which) =>
    executed("the lease ends of", { ...which, isOld: false }, async (model, { db }, { run }) => {
      if (run.state.status === "running") run.state = { ...run.state, leaseExpiresAt: model.now };
      await db.owner.query("update heartbeat_runs set lease_expires_at = now() where id = $1 and status = 'running'", [
        idOf(run),
      ]);
    }),
  ),
  deadlineComes: fc.record(runs).map((which) =>
    executed("the deadline comes of", { ...which, isOld: false }, async (model, { db }, { run }) => {
      if (run.state.status === "running") run.state = { ...run.state, deadlineAt: model.now };
      await db.owner.query("update heartbeat_runs set deadline_at = now() where id = $1 and status = 'running'", [
        idOf(run),
      ]);
    }),
  ),
  acknowledge: fc.record(runs).map((which) =>
    executed("acknowledge", which, async (model, { system }, { run, fence }) => {
      model.step(run, { type: "acknowledge", fence });
      await acknowledgeRun(system, { runId: idOf(run), fence, externalRunId: null });
    }),
  ),
  renew: fc.record(runs).map((which) =>
    executed("renew", which, async (model, reality, token) => {
      const step = model.step(token.run, { type: "renew", fence: token.fence, leaseSeconds: 90 });
      expect(await outcomeOf(renewRun(contextOf(reality, token), { id: idOf(token.run) }))).toBe(answerOf(step));
    }),
  ),
  progress: fc.record(runs).map((which) =>
    executed("show progress of", which, async (model, reality, token) => {
      // Under a lease that is over nothing is taken, though nobody has ended the run yet.
      const isOver = token.run.state.status === "running" && !model.isLive(token.run);
      const answer = isOver
        ? "lease_lost"
        : answerOf(model.step(token.run, { type: "acknowledge", fence: token.fence }));
      const events = [{ seq: model.now, kind: "assistant", message: "On it" }];
      expect(await outcomeOf(addRunEvents(contextOf(reality, token), { id: idOf(token.run), events }))).toBe(answer);
    }),
  ),
  complete: fc.record({ ...runs, kind: fc.constantFrom(...Object.keys(results)) }).map(({ kind, ...which }) =>
    executed(`${kind}:`, which, async (model, reality, token) => {
      const result = results[kind] ?? { status: "succeeded" };
      const before = token.run.state;
      const { status, fence } = before;
      // The same fence again answers how it ended, unless it was lost.
      const wasEnded =
        fence === token.fence &&
        (status === "succeeded" || status === "failed" || status === "cancelled" || hasResult.has(before.id));
      const step = model.step(token.run, { type: "complete", fence: token.fence, result });
      if (step.refusal === null) hasResult.add(before.id);
      expect(await outcomeOf(completeRun(contextOf(reality, token), { id: before.id, ...result }))).toBe(
        wasEnded ? "ok" : answerOf(step),
      );
    }),
  ),
  requeue: fc.record(runs).map((which) =>
    executed("requeue", which, async (model, { system }, { run, fence }) => {
      const step = model.step(run, { type: "requeue", fence, delayMs: 30_000 });
      const isDone = await requeueRun(system, {
        runId: idOf(run),
        fence,
        delayMs: 30_000,
        error: "No answer.",
        errorCode: "http_500",
      });
      expect(isDone).toBe(step.refusal === null);
    }),
  ),
  cancel: fc.nat({ max: 7 }).map((nth) =>
    command(
      `cancel run ${nth}`,
      (model) => model.runs.length > 0,
      async (model, { tenant }) => {
        const run = model.runs[model.runs.length - 1 - (nth % model.runs.length)];
        if (!run) throw new Error("No run");
        const step = model.step(run, { type: "cancel" });
        expect(await outcomeOf(cancelRun(tenant.board, { id: idOf(run) }))).toBe(answerOf(step));
      },
    ),
  ),
  silence: fc.constant(
    command(
      "nobody answers, and the reaper comes",
      (model) => model.runs.some(({ state }) => state.status === "running"),
      async (model, { db, tenant }) => {
        for (const run of model.runs)
          if (run.state.status === "running") run.state = { ...run.state, leaseExpiresAt: model.now };
        await db.owner.query(
          "update heartbeat_runs set lease_expires_at = now() where company_id = $1 and status = 'running'",
          [tenant.companyId],
        );
        model.now += 1;
        model.reap();
        await reapRuns(db.database.system("test"), 1000);
      },
    ),
  ),
  reap: fc.constant(
    command(
      "reap",
      () => true,
      async (model, { db }) => {
        model.reap();
        await reapRuns(db.database.system("test"), 1000);
      },
    ),
  ),
  pause: agent.map((which) =>
    command(
      `pause or resume agent ${which}`,
      () => true,
      async (model, { tenant, agents, db }) => {
        const id = agents[which]?.id ?? "";
        if (!model.isPaused[which]) {
          model.pause(which);
          return pauseAgent(tenant.board, { id });
        }
        model.isPaused[which] = false;
        await resumeAgent(tenant.board, { id });
        if (model.openRun(which, null)) return model.wake(which, null, "");
        const { rows } = await db.owner.query<{ id: string }>(
          "select id from heartbeat_runs where agent_id = $1 and status = 'queued' and issue_id is null order by id desc limit 1",
          [id],
        );
        model.wake(which, null, String(rows[0]?.id));
      },
    ),
  ),
  checkout: fc.record({ ...runs, issue: fc.nat({ max: 2 }) }).map(({ issue, ...which }) =>
    executed(`check out issue ${issue} by`, which, async (model, reality, token) => {
      const { run, isCurrent } = token;
      const mayWrite = isCurrent && model.isLive(run);
      const isFree =
        model.holders[issue] === idOf(run) ||
        (!model.isHeld(issue, idOf(run)) && model.assigneeOf(issue) === run.agent);
      const wanted = !mayWrite
        ? "lease_lost"
        : model.isPaused[run.agent]
          ? "agent_not_invokable"
          : isFree
            ? "ok"
            : "checkout_conflict";
      model.tell(`checkout ${wanted}`);
      if (wanted === "ok") model.holders[issue] = idOf(run);
      const input = {
        id: reality.issueIds[issue] ?? "",
        agentId: reality.agents[run.agent]?.id ?? "",
        expectedStatuses: ["todo" as const],
      };
      expect(await outcomeOf(checkoutIssue(contextOf(reality, token), input))).toBe(wanted);
    }),
  ),
};
/** Runs that ended by a result. */
const hasResult = new Set<string>();

/** What happens oftener than once in a while. */
const weights: Record<string, number> = {
  wake: 4,
  claim: 8,
  leaseEnds: 3,
  reap: 4,
  renew: 2,
  checkout: 3,
  complete: 2,
  waitsEnd: 2,
};
const commands = Object.entries(kinds).flatMap(([kind, arbitrary]) =>
  Array<typeof arbitrary>(weights[kind] ?? 1).fill(arbitrary),
);

/** Stories of up to so many commands; `replayPath` is what a failure printed. */
export const runCommands = (maxCommands: number, replayPath?: string) =>
  fc.commands(commands, { maxCommands, size: "max", ...(replayPath && { replayPath }) });
