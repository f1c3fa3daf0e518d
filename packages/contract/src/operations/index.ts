import { agentOperations } from "./agents.ts";
import { approvalOperations } from "./approvals.ts";
import { companyOperations } from "./companies.ts";
import { issueOperations } from "./issues.ts";
import { keyOperations } from "./keys.ts";
import { moneyOperations } from "./money.ts";
import { routineOperations } from "./routines.ts";
import { runLogOperations } from "./run-logs.ts";
import { runOperations } from "./runs.ts";
import { systemOperations } from "./system.ts";
import { wakeOperations } from "./wakes.ts";
import { workOperations } from "./work.ts";

/** Every operation of the API by its id. Static paths stand before those with parameters in the same place. */
export const operations = {
  ...systemOperations,
  ...companyOperations,
  ...keyOperations,
  ...agentOperations,
  ...wakeOperations,
  ...workOperations,
  ...issueOperations,
  ...routineOperations,
  ...runOperations,
  ...runLogOperations,
  ...moneyOperations,
  ...approvalOperations,
} as const;

export type Operations = typeof operations;
export type OperationId = keyof Operations;
export const operationIds = Object.keys(operations) as OperationId[];
