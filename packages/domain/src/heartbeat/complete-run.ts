import type { OperationInput, Operations, RunResult } from "@boardroom/contract";
import type { Row, schema } from "@boardroom/db";
import type { Ctx } from "../context.ts";
import { executorFence } from "./executor.ts";
import { finishRun } from "./finish-run.ts";

type Input = { id: string } & OperationInput<Operations["runs.complete"]>["body"];

/** Ends a run on behalf of whoever executes it. */
export async function completeRun(
  ctx: Ctx,
  { id, fence, ...result }: Input,
): Promise<Row<typeof schema.heartbeatRuns>> {
  const stated: RunResult = result;
  return finishRun(ctx, { runId: id, fence: executorFence(ctx, id, fence), result: stated });
}
