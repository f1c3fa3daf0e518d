import { type Ctx, type DecisionsPort, keepReceipt, notifyPeople } from "@boardroom/domain";
import type { ApiEnv } from "../env.ts";

interface DecisionParts {
  env: Pick<ApiEnv, "database" | "closeLater">;
  afterwards(task: () => Promise<unknown>): void;
  contextFor(companyId: string, tag: string): Ctx;
}

/** What follows decisions, after the answer was sent. */
export const createDecisionsPort = ({ env, afterwards, contextFor }: DecisionParts): DecisionsPort => ({
  keepReceipt: (companyId, approvalId) =>
    afterwards(() => keepReceipt(contextFor(companyId, "approval.receipt"), approvalId)),
  closeLater: (companyId, approvalId, delayMs) => afterwards(() => env.closeLater({ companyId, approvalId, delayMs })),
  tellPeople: (companyId) =>
    afterwards(() => notifyPeople(env.database.system("notifications"), contextFor(companyId, "notifications"))),
});
