import { newSeed } from "@boardroom/local";
import fc from "fast-check";
import { expect, it } from "vitest";
import { auditKernel } from "../../test/audit-kernel.ts";
import { useDomainDatabase } from "../../test/domain-database.ts";
import { runCommands } from "../../test/run-model/commands.ts";
import { RunModel } from "../../test/run-model/run-model.ts";
import { openReality } from "../../test/run-model/run-reality.ts";

const domain = useDomainDatabase();
/** A failure prints its seed, path and replayPath; `SEED=… FC_PATH=… FC_REPLAY=…` runs exactly that story again. */
const seed = process.env.SEED === undefined ? newSeed() | 0 : Number(process.env.SEED);
const isNightly = process.env.NIGHTLY === "1";
const numRuns = Number(process.env.CASES ?? (isNightly ? 2000 : 45));
const agentLimits = [1, 2];
const issues = 3;

it("does in PostgreSQL what the pure machine says, whatever comes in which order", {
  timeout: isNightly ? 3_600_000 : 240_000,
}, async () => {
  const told: Record<string, number> = {};
  const startedAt = Date.now();
  const property = fc.asyncProperty(runCommands(120, process.env.FC_REPLAY), async (commands) => {
    const reality = await openReality(domain, agentLimits, issues);
    const model = new RunModel(agentLimits, issues);
    await fc.asyncModelRun(async () => ({ model, real: reality }), commands);
    for (const [what, count] of Object.entries(model.told)) told[what] = (told[what] ?? 0) + count;
    expect(await auditKernel(domain.owner, { companyIds: [reality.tenant.companyId] })).toEqual([]);
  });
  await fc.assert(property, {
    seed,
    numRuns,
    path: process.env.FC_PATH,
    endOnFailure: process.env.FC_PATH !== undefined,
  });
  const steps = Object.entries(told).toSorted(([one], [other]) => (one < other ? -1 : 1));
  process.stdout.write(
    `${numRuns} random stories in ${Date.now() - startedAt} ms under seed ${seed}: ${steps.map(([what, count]) => `${count} ${what}`).join(", ")}\n`,
  );
});
