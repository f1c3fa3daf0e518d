import { type AgentDraft, BoardroomError, runtimeConfig } from "@boardroom/contract";
import type { Ctx } from "../context.ts";

/** A draft with every default filled in, as hiring takes it and as an approval keeps it. */
export type CompleteDraft = AgentDraft & { urlKey: string; sourceIssueId?: string | null };

/**
 * Fills a draft in and looks at where its webhooks would go.
 * @throws BoardroomError unsafe_url
 */
export function completeDraft(ctx: Ctx, draft: AgentDraft & { sourceIssueId?: string | null }): CompleteDraft {
  refuseUnsafeTarget(ctx, draft.adapterConfig.url);
  return {
    name: draft.name,
    urlKey: urlKeyOf(draft.name),
    role: draft.role,
    title: draft.title ?? null,
    icon: draft.icon ?? null,
    reportsTo: draft.reportsTo ?? null,
    capabilities: draft.capabilities ?? null,
    adapterType: draft.adapterType,
    adapterConfig: draft.adapterConfig,
    runtimeConfig: draft.runtimeConfig ?? runtimeConfig.parse({}),
    contextMode: draft.contextMode ?? "thin",
    budgetMonthlyCents: draft.budgetMonthlyCents ?? null,
    permissions: draft.permissions ?? { canCreateAgents: false },
    metadata: draft.metadata ?? null,
    ...(draft.sourceIssueId && { sourceIssueId: draft.sourceIssueId }),
  };
}

/** @throws BoardroomError unsafe_url with the sentence that says why */
export function refuseUnsafeTarget(ctx: Ctx, url: string): void {
  const refusal = ctx.ports.checkTarget(url);
  if (refusal !== null) throw new BoardroomError("unsafe_url", refusal, { url });
}

/** A name as it stands in URLs: letters and digits of any script, in small, joined by dashes. */
export function urlKeyOf(name: string): string {
  const plain = name.normalize("NFKD").replace(/\p{M}/gu, "").normalize("NFC").toLowerCase();
  return plain.replace(/[^\p{L}\p{N}]+/gu, "-").replace(/^-+|-+$/g, "") || "agent";
}
