import { BoardroomError } from "@boardroom/contract";
import { RunnerError } from "../runner-error.ts";
import type { AccessToken } from "./access-token.ts";

/**
 * Makes a call with the runner's token, with a fresh one when the first isn't taken.
 * @throws RunnerError revoked: this device is no runner any more; BoardroomError for the rest
 */
export async function asRunner<T>(access: AccessToken, call: (token: string) => Promise<T>): Promise<T> {
  try {
    const token = await access.get();
    try {
      return await call(token);
    } catch (error) {
      if (!(error instanceof BoardroomError && error.code === "unauthenticated")) throw error;
      access.drop(token);
    }
    return await call(await access.get());
  } catch (error) {
    throw isRevoked(error) ? new RunnerError("revoked", "The board has revoked this runner; connect it again.") : error;
  }
}

function isRevoked(error: unknown): boolean {
  if (!(error instanceof BoardroomError) || error.code !== "forbidden") return false;
  const { details } = error;
  return typeof details === "object" && details !== null && "reason" in details && details.reason === "revoked";
}
