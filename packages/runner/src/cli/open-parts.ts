import { mkdirSync } from "node:fs";
import { loadAdapters } from "../adapters/load-adapters.ts";
import { createApi } from "../api/api.ts";
import { createServerClock } from "../api/server-clock.ts";
import { readCredential } from "../credentials/credential.ts";
import { openHome, type RunnerHome } from "../home/runner-home.ts";
import { startLeaseKeeper } from "../lease/lease-keeper.ts";
import { openOutbox } from "../outbox/outbox.ts";
import { readPolicy } from "../policy/load-policy.ts";
import type { RunnerParts } from "../runner-parts.ts";

/**
 * Puts a runner together from what lies in its home.
 * @throws RunnerError for a credential or policy that isn't right
 */
export async function openParts(home: RunnerHome, say: (line: string) => void): Promise<RunnerParts> {
  const credential = readCredential(home);
  const policy = readPolicy(home);
  openHome(home);
  mkdirSync(home.work, { recursive: true, mode: 0o700 });
  const adapters = await loadAdapters(policy, home.folder);
  for (const problem of adapters.problems) say(problem);
  const clock = createServerClock();
  return {
    credential,
    home,
    machine: { policy, env: process.env, path: process.env.PATH ?? "", folder: home.work },
    adapters,
    api: createApi(credential.apiUrl, clock),
    clock,
    leases: startLeaseKeeper(credential.apiUrl, (error) => {
      // Without it no lease is kept: better to start anew than to work for nothing.
      console.error(`The thread that keeps leases failed: ${error.message}`);
      process.exit(70);
    }),
    outbox: openOutbox(home.outbox),
    say,
  };
}
