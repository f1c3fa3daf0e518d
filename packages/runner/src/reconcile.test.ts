import { randomUUID } from "node:crypto";
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { homeOf, openHome } from "./home/runner-home.ts";
import { policySchema } from "./policy/policy.ts";
import { reconcile } from "./reconcile.ts";
import type { ActiveRun } from "./runs/active-run.ts";

const root = mkdtempSync(join(tmpdir(), "reconcile-"));
afterAll(() => rmSync(root, { recursive: true, force: true }));

/** A server that has these worktrees removed, and a machine that works in some. */
async function cleanUp(ordered: string[], workedIn: string[]): Promise<string[]> {
  const home = homeOf(root, randomUUID());
  openHome(home);
  mkdirSync(join(home.work, "worktrees"));
  const reported: string[] = [];
  const api = {
    async call(id: string, { params }: { params?: { id?: string } }) {
      if (id === "executionWorkspaces.report") reported.push(params?.id ?? "");
      return { runner: null, runs: [], cleanup: ordered.map((each) => ({ executionWorkspaceId: each })) } as never;
    },
  };
  const policy = policySchema.parse({ version: 1 });
  const active = new Map(
    workedIn.map((executionWorkspaceId) => {
      const run = { job: { run: { id: randomUUID(), fence: 1 }, workspace: { executionWorkspaceId } } };
      return [run.job.run.id, run as ActiveRun];
    }),
  );
  await reconcile(
    { api, home, machine: { policy, env: {}, path: "", folder: home.work }, say: () => undefined } as never,
    { get: async () => "t", drop: () => undefined },
    { offered: [], slots: 1, draining: false, active, recovered: null },
  );
  return reported;
}

describe("what the server wants removed", () => {
  it("stays where a run works there by now", async () => {
    const [idle, busy] = [randomUUID(), randomUUID()];
    expect(await cleanUp([idle, busy], [busy])).toEqual([idle]);
  });
});
