import { adapterOperations } from "./adapters.ts";
import { agentConfigOperations } from "./agent-config.ts";
import { agentOperations } from "./agents.ts";
import { approvalOperations } from "./approvals.ts";
import { attachmentOperations } from "./attachments.ts";
import { auditOperations } from "./audit.ts";
import { budgetOperations } from "./budgets.ts";
import { cliAuthOperations } from "./cli-auth.ts";
import { companyOperations } from "./companies.ts";
import { decisionOperations } from "./decisions.ts";
import { documentOperations } from "./documents.ts";
import { interactionOperations } from "./interactions.ts";
import { issueStoryOperations } from "./issue-story.ts";
import { issueOperations } from "./issues.ts";
import { keyOperations } from "./keys.ts";
import { milestoneOperations } from "./milestones.ts";
import { moneyOperations } from "./money.ts";
import { peopleOperations } from "./people.ts";
import { reviewOperations } from "./reviews.ts";
import { routineOperations } from "./routines.ts";
import { runLogOperations } from "./run-logs.ts";
import { runnerOperations } from "./runners.ts";
import { runOperations } from "./runs.ts";
import { searchOperations } from "./search.ts";
import { secretOperations } from "./secrets.ts";
import { skillOperations } from "./skills.ts";
import { systemOperations } from "./system.ts";
import { toolApprovalOperations } from "./tool-approvals.ts";
import { treeHoldOperations } from "./tree-holds.ts";
import { wakeOperations } from "./wakes.ts";
import { webhookOperations } from "./webhooks.ts";
import { workOperations } from "./work.ts";
import { workspaceOperations } from "./workspaces.ts";

/** Every operation of the API by its id. Static paths stand before those with parameters in the same place. */
export const operations = {
  ...systemOperations,
  ...peopleOperations,
  ...companyOperations,
  ...keyOperations,
  ...cliAuthOperations,
  ...agentOperations,
  ...agentConfigOperations,
  ...adapterOperations,
  ...runnerOperations,
  ...wakeOperations,
  ...workOperations,
  ...milestoneOperations,
  ...issueOperations,
  ...issueStoryOperations,
  ...documentOperations,
  ...attachmentOperations,
  ...routineOperations,
  ...runOperations,
  ...runLogOperations,
  ...moneyOperations,
  ...budgetOperations,
  ...approvalOperations,
  ...decisionOperations,
  ...workspaceOperations,
  ...interactionOperations,
  ...treeHoldOperations,
  ...reviewOperations,
  ...toolApprovalOperations,
  ...searchOperations,
  ...skillOperations,
  ...secretOperations,
  ...auditOperations,
  ...webhookOperations,
} as const;

export type Operations = typeof operations;
export type OperationId = keyof Operations;
export const operationIds = Object.keys(operations) as OperationId[];
