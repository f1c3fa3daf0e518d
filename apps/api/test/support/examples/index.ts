import type { OperationId } from "@boardroom/contract";
import { adapterExamples } from "./adapters.ts";
import { agentExamples } from "./agents.ts";
import { approvalExamples, decisionExamples } from "./approvals.ts";
import { auditExamples } from "./audit.ts";
import { companyExamples } from "./companies.ts";
import { attachmentExamples, documentExamples } from "./content.ts";
import type { Example } from "./example.ts";
import { moneyExamples } from "./governance.ts";
import { interactionExamples } from "./interactions.ts";
import { issueExamples } from "./issues.ts";
import { keyExamples } from "./keys.ts";
import { cliAuthExamples, peopleExamples } from "./people.ts";
import { reviewExamples } from "./reviews.ts";
import { routineExamples } from "./routines.ts";
import { runnerExamples } from "./runners.ts";
import { runExamples, runLogExamples } from "./runs.ts";
import { searchExamples } from "./search.ts";
import { secretExamples } from "./secrets.ts";
import { skillExamples } from "./skills.ts";
import { toolApprovalExamples } from "./tool-approvals.ts";
import { treeHoldExamples } from "./tree-holds.ts";
import { webhookExamples } from "./webhooks.ts";
import { workExamples } from "./work.ts";
import { workspaceExamples } from "./workspaces.ts";

/** A call that succeeds for every operation. An operation without one does not compile, and fails the tests. */
export const examples: { [K in OperationId]: Example<K> } = {
  ...peopleExamples,
  ...cliAuthExamples,
  ...companyExamples,
  ...keyExamples,
  ...agentExamples,
  ...workExamples,
  ...issueExamples,
  ...documentExamples,
  ...attachmentExamples,
  ...routineExamples,
  ...adapterExamples,
  ...runnerExamples,
  ...runExamples,
  ...runLogExamples,
  ...moneyExamples,
  ...approvalExamples,
  ...decisionExamples,
  ...workspaceExamples,
  ...interactionExamples,
  ...treeHoldExamples,
  ...reviewExamples,
  ...toolApprovalExamples,
  ...searchExamples,
  ...skillExamples,
  ...secretExamples,
  ...auditExamples,
  ...webhookExamples,
};
