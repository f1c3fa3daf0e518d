import { type AgentDraft, BoardroomError, isEdgeAdapter, runtimeConfig } from "@boardroom/contract";
import { sql } from "drizzle-orm";
import type { Ctx } from "../context.ts";
import { checkReferences } from "../secrets/check-references.ts";

/** A draft with every default filled in, as hiring takes it and as an approval keeps it. */
export type CompleteDraft = AgentDraft & { urlKey: string; sourceIssueId?: string | null };

/**
 * Fills a draft in and looks at its configuration.
 * @throws BoardroomError invalid_request, unsafe_url, unusable_reference
 */
export async function completeDraft(
  ctx: Ctx,
  draft: AgentDraft & { sourceIssueId?: string | null },
): Promise<CompleteDraft> {
  return {
    name: draft.name,
    urlKey: urlKeyOf(draft.name),
    role: draft.role,
    title: draft.title ?? null,
    icon: draft.icon ?? null,
    reportsTo: draft.reportsTo ?? null,
    capabilities: draft.capabilities ?? null,
    adapterType: draft.adapterType,
    adapterConfig: await usableConfig(ctx, draft.adapterType, draft.adapterConfig),
    runtimeConfig: draft.runtimeConfig ?? runtimeConfig.parse({}),
    contextMode: draft.contextMode ?? "thin",
    budgetMonthlyCents: draft.budgetMonthlyCents ?? null,
    permissions: draft.permissions ?? { canCreateAgents: false },
    metadata: draft.metadata ?? null,
    ...(draft.instructions?.length && { instructions: draft.instructions }),
    ...(draft.sourceIssueId && { sourceIssueId: draft.sourceIssueId }),
  };
}

/**
 * The configuration as its adapter takes it, defaults filled in. One of a kind that is known to a runner alone is taken as it
 * is: that runner judges it.
 * @throws BoardroomError invalid_request with the fields, unsafe_url with the sentence that says why, unusable_reference
 */
export async function usableConfig(
  ctx: Ctx,
  adapterType: string,
  config: Record<string, unknown>,
): Promise<Record<string, unknown>> {
  const verdict = ctx.ports.checkConfig(adapterType, config);
  switch (verdict.kind) {
    case "usable":
      await checkReferences(ctx, "adapterConfig", verdict.config, isEdgeAdapter(adapterType) ? "headers" : "env");
      return verdict.config;
    case "unsafe":
      throw new BoardroomError("unsafe_url", verdict.message, { url: verdict.url });
    case "invalid": {
      const [first] = verdict.issues;
      throw new BoardroomError(
        "invalid_request",
        `${first?.path ?? "adapterConfig"}: ${first?.message ?? "is not valid"}.`,
        {
          issues: verdict.issues,
        },
      );
    }
    case "unknown":
      await checkReferences(ctx, "adapterConfig", config, "env");
      if (await isOffered(ctx, adapterType)) return config;
      throw new BoardroomError(
        "unusable_reference",
        `There is no adapter "${adapterType}", and no runner of the company offers one.`,
        { field: "adapterType" },
      );
  }
}

async function isOffered({ db }: Ctx, adapterType: string): Promise<boolean> {
  const rows = await db.raw(sql`
    select 1 from runners where company_id = ${db.companyId}::uuid and status <> 'revoked'
      and adapters @> ${JSON.stringify([{ type: adapterType }])}::jsonb limit 1`);
  return rows.length > 0;
}

/** A name as it stands in URLs: letters and digits of any script, in small, joined by dashes. */
export function urlKeyOf(name: string): string {
  const plain = name.normalize("NFKD").replace(/\p{M}/gu, "").normalize("NFC").toLowerCase();
  return plain.replace(/[^\p{L}\p{N}]+/gu, "-").replace(/^-+|-+$/g, "") || "agent";
}
