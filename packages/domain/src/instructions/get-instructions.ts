import { entryFile, type InstructionFile, type InstructionsBundle } from "@boardroom/contract";
import { isoText } from "@boardroom/db";
import { sql } from "drizzle-orm";
import { agentIdOf } from "../agents/agent-id-of.ts";
import type { Ctx } from "../context.ts";
import { found } from "../found.ts";
import type { InputOf } from "../input.ts";

interface Row {
  id: string;
  version: number | null;
  latest_version: number | null;
  files: InstructionFile[] | null;
  author_name: string | null;
  created_at: string | null;
}

/** What an agent is told about itself, as it is in force or as it was in one version. */
export async function getInstructions(
  ctx: Ctx,
  { id, version }: InputOf<"agents.instructions">,
): Promise<InstructionsBundle> {
  const { companyId } = ctx.db;
  const [row] = await ctx.db.raw<Row>(sql`
    select a.id, n.version, n.files, n.author_name, ${isoText(sql`n.created_at`)} as created_at, (
      select max(m.version) from agent_instructions m where m.company_id = a.company_id and m.agent_id = a.id) as latest_version
    from agents a left join agent_instructions n on n.company_id = a.company_id and n.agent_id = a.id
      and n.version = coalesce(${version ?? null}::int, a.instructions_version)
    where a.company_id = ${companyId}::uuid and a.id = ${agentIdOf(ctx, id)}::uuid`);
  const { files, ...bundle } = found(row, "agent");
  if (version !== undefined) found(files, "version");
  return {
    agentId: bundle.id,
    companyId,
    entryFile,
    version: bundle.version,
    latestVersion: bundle.latest_version,
    files: files ?? [],
    authorName: bundle.author_name,
    createdAt: bundle.created_at,
  };
}
