import type { OperationId } from "@boardroom/contract";
import { adapterHandlers } from "./adapters.ts";
import { agentHandlers } from "./agents.ts";
import { approvalHandlers } from "./approvals.ts";
import { attachmentHandlers } from "./attachments.ts";
import { auditHandlers } from "./audit.ts";
import { cliAuthHandlers } from "./cli-auth.ts";
import { companyHandlers } from "./companies.ts";
import { decisionHandlers } from "./decisions.ts";
import { documentHandlers } from "./documents.ts";
import type { Handler } from "./handler.ts";
import { interactionHandlers } from "./interactions.ts";
import { issueHandlers } from "./issues.ts";
import { keyHandlers } from "./keys.ts";
import { moneyHandlers } from "./money.ts";
import { peopleHandlers } from "./people.ts";
import { reviewHandlers } from "./reviews.ts";
import { routineHandlers } from "./routines.ts";
import { runLogHandlers } from "./run-logs.ts";
import { runnerHandlers } from "./runners.ts";
import { runHandlers } from "./runs.ts";
import { searchHandlers } from "./search.ts";
import { secretHandlers } from "./secrets.ts";
import { skillHandlers } from "./skills.ts";
import { systemHandlers } from "./system.ts";
import { toolApprovalHandlers } from "./tool-approvals.ts";
import { treeHoldHandlers } from "./tree-holds.ts";
import { webhookHandlers } from "./webhooks.ts";
import { workHandlers } from "./work.ts";
import { workspaceHandlers } from "./workspaces.ts";

/** What answers each operation. An operation without a handler does not compile. */
export const handlers: { [K in OperationId]: Handler<K> } = {
  ...systemHandlers,
  ...peopleHandlers,
  ...companyHandlers,
  ...keyHandlers,
  ...cliAuthHandlers,
  ...agentHandlers,
  ...adapterHandlers,
  ...runnerHandlers,
  ...workHandlers,
  ...issueHandlers,
  ...documentHandlers,
  ...attachmentHandlers,
  ...routineHandlers,
  ...runHandlers,
  ...runLogHandlers,
  ...moneyHandlers,
  ...approvalHandlers,
  ...decisionHandlers,
  ...workspaceHandlers,
  ...interactionHandlers,
  ...treeHoldHandlers,
  ...reviewHandlers,
  ...toolApprovalHandlers,
  ...searchHandlers,
  ...skillHandlers,
  ...secretHandlers,
  ...auditHandlers,
  ...webhookHandlers,
};
