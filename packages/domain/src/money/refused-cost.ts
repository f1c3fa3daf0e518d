import { BoardroomError } from "@boardroom/contract";
import { leaseLost } from "../heartbeat/executor.ts";

export type CostRefusal = "lease_lost" | "other_agent" | "agent" | "run" | "issue" | "project" | "goal" | "future";

/** Why a cost can't be taken, as an error. */
export function refusedCost(refusal: CostRefusal): BoardroomError {
  if (refusal === "lease_lost") return leaseLost();
  if (refusal === "other_agent") return new BoardroomError("forbidden", "An agent may report only its own costs.");
  if (refusal === "future") return new BoardroomError("invalid_request", "occurredAt lies in the future.");
  const sentence =
    refusal === "run" ? "The run is not one of this agent's." : `The ${refusal} is not one of this company.`;
  return new BoardroomError("invalid_reference", sentence);
}
