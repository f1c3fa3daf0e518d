import { BoardroomError, type OperationOutput, type Operations } from "@boardroom/contract";
import { mapRow, schema } from "@boardroom/db";
import { sql } from "drizzle-orm";
import type { DeviceCtx } from "../context.ts";
import type { InputOf } from "../input.ts";
import { type RunnerExtras, revoked, runnerColumns, shownRunner } from "./runner-rows.ts";

/**
 * Exchanges what a device signed for a short token, with which it calls without the database being asked who it is.
 * @throws BoardroomError unauthenticated, forbidden when the runner was revoked
 */
export async function issueRunnerToken(
  { ports, system }: DeviceCtx,
  { assertion }: InputOf<"runners.token">,
): Promise<OperationOutput<Operations["runners.token"]>> {
  const claimed = ports.runnerTrust.readAssertion(assertion);
  if (!claimed) throw unproven();
  const { companyId, runnerId } = claimed;
  const [row] = await system.raw(
    sql`select ${runnerColumns} from runners m where m.company_id = ${companyId}::uuid and m.id = ${runnerId}::uuid`,
  );
  if (!row) throw unproven();
  const runner = mapRow<typeof schema.runners, RunnerExtras>(schema.runners, row);
  const verdict = await ports.runnerTrust.verifyAssertion(assertion, runner.publicKey);
  if (verdict === "wrong") throw unproven();
  if (verdict === "untimely") {
    throw new BoardroomError("unauthenticated", "The assertion is too old, used, or this machine's clock is wrong.", {
      reason: "clock",
      now: new Date().toISOString(),
    });
  }
  if (runner.status === "revoked") throw revoked();
  const { token, expiresAt } = await ports.runnerTrust.mintRunnerToken({ companyId, runnerId, name: runner.name });
  return { token, expiresAt, runner: await shownRunner({ db: { companyId }, ports }, runner) };
}

const unproven = () =>
  new BoardroomError("unauthenticated", "This machine is not a runner here: its signature fits none.");
