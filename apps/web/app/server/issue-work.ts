import { type Agent, type Company, type IssueDetail, isEdgeAdapter } from "@boardroom/contract";
import { toLine, type WorkProductLine } from "../format/work-product.ts";
import { readText } from "../forms/read.ts";
import type { WorkspaceOfIssue } from "../ui/issue/workspace.tsx";
import type { CompanyActionArgs } from "./board.ts";

type Api = CompanyActionArgs["api"];

/** Where an issue is worked on, step by step, and what came out of it, without the patches. */
export async function readWork(
  api: Api,
  company: Company,
  issue: Pick<IssueDetail, "id">,
): Promise<{ places: WorkspaceOfIssue[]; products: WorkProductLine[] }> {
  const [workspaces, products] = await Promise.all([
    api.call("executionWorkspaces.list", { params: { cid: company.id }, query: { issueId: issue.id, limit: 5 } }),
    api.call("workProducts.list", { params: { id: issue.id }, query: { limit: 50 } }),
  ]);
  const runners =
    workspaces.length > 0 ? await api.call("runners.list", { params: { cid: company.id }, query: { limit: 200 } }) : [];
  const places = await Promise.all(
    workspaces.map(async (workspace) => {
      const steps = await api.call("executionWorkspaces.operations", {
        params: { id: workspace.id },
        query: { limit: 12 },
      });
      return {
        workspace,
        operations: steps.reverse(),
        runnerName: runners.find(({ id }) => id === workspace.runnerId)?.name ?? null,
      };
    }),
  );
  return { places, products: products.map(toLine) };
}

const statusAfter = { "retry-finalize": "finalizing", "override-finalize": "finalized" } as const;

/** Says what shall become of a finalize that failed. */
export async function settleWorkspace(
  { api, form }: CompanyActionArgs,
  intent: keyof typeof statusAfter,
): Promise<void> {
  await api.call("executionWorkspaces.update", {
    params: { id: readText(form, "workspaceId") },
    body: { status: statusAfter[intent], note: readText(form, "note") },
  });
}

/** Whether a runner starts the agent, on somebody's machine. */
export function isOnMachine(agent: Pick<Agent, "adapterType"> | undefined): boolean {
  return agent !== undefined && !isEdgeAdapter(agent.adapterType);
}
