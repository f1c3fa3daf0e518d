import type { EnvironmentTestJob } from "@boardroom/contract";
import { testEnvironment } from "./adapters/test-environment.ts";
import { messageOf } from "./api/judge-error.ts";
import type { AccessToken } from "./credentials/access-token.ts";
import { asRunner } from "./credentials/as-runner.ts";
import type { RunnerParts } from "./runner-parts.ts";

/** Looks at whether an adapter would work here, and tells what it found to whoever waits for it at the board. */
export async function reportTest(parts: RunnerParts, access: AccessToken, job: EnvironmentTestJob): Promise<void> {
  const checks = await testEnvironment(job, parts.adapters, parts.machine);
  const call = { params: { id: job.testId }, body: { checks } };
  try {
    await asRunner(access, (token) => parts.api.call("runners.reportTest", call, { token }));
  } catch (error) {
    parts.say(`What a test found could not be told: ${messageOf(error)}`);
  }
}
