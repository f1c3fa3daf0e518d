import type { CostEvent } from "@boardroom/contract";
import { csvLine } from "../format/csv.ts";
import { companyLoader } from "../server/board.ts";
import { listAgents } from "../server/companies.ts";
import { readCostFilter } from "../server/costs.ts";

const header = [
  "occurred_at",
  "agent",
  "provider",
  "model",
  "input_tokens",
  "cached_input_tokens",
  "output_tokens",
  "cost_cents",
  "basis",
  "note",
  "billing_code",
  "biller",
  "billing_type",
  "issue_id",
  "project_id",
  "goal_id",
  "run_id",
  "id",
  "corrects_id",
];

/** The cost events that an address asks for as a file: read page by page while it is sent, so that their number is no matter. */
export const loader = companyLoader(async ({ api, context, company, url }) => {
  const query = { ...readCostFilter(url.searchParams), limit: 200 };
  const read = (cursor: string | undefined) =>
    api.page("costs.events", { params: { cid: company.id }, query: { ...query, cursor } });
  // The first page is read before the answer begins: what may not be seen is an error page, not half a file.
  const [first, agents] = await Promise.all([read(undefined), listAgents(context, company)]);
  const names = new Map(agents.map(({ id, name }) => [id, name]));
  let page: typeof first | null = first;
  const encoder = new TextEncoder();
  const body = new ReadableStream<Uint8Array>({
    start: (controller) => controller.enqueue(encoder.encode(csvLine(header))),
    async pull(controller) {
      if (page === null) return controller.close();
      const lines = page.items.map((event) => toLine(event, names.get(event.agentId) ?? "")).join("");
      if (lines) controller.enqueue(encoder.encode(lines));
      page = page.nextCursor ? await read(page.nextCursor) : null;
      if (page === null && !lines) controller.close();
    },
  });
  return new Response(body, {
    headers: {
      "Content-Type": "text/csv; charset=utf-8",
      "Content-Disposition": `attachment; filename="${company.issuePrefix.toLowerCase()}-costs.csv"`,
      "X-Content-Type-Options": "nosniff",
      "Cache-Control": "private, no-store",
    },
  });
});

const toLine = (event: CostEvent, agentName: string) =>
  csvLine([
    event.occurredAt,
    agentName,
    event.provider,
    event.model,
    event.inputTokens,
    event.cachedInputTokens,
    event.outputTokens,
    event.costCents,
    event.basis,
    event.basisNote,
    event.billingCode,
    event.biller,
    event.billingType,
    event.issueId,
    event.projectId,
    event.goalId,
    event.heartbeatRunId,
    event.id,
    event.correctsEventId,
  ]);
