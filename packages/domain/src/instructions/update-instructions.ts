import { entryFile, type InstructionsBundle, maxInstructionChars, maxInstructionFiles } from "@boardroom/contract";
import { mutate, schema } from "@boardroom/db";
import { sql } from "drizzle-orm";
import { configOf, keepRevision } from "../agents/config-revision.ts";
import { lockAgent } from "../agents/lock-agent.ts";
import { textArray } from "../column-values.ts";
import type { Ctx } from "../context.ts";
import { found } from "../found.ts";
import type { InputOf } from "../input.ts";
import { mergedFiles } from "./merged-files.ts";
import { type InstructionsRefusal, refusedInstructions } from "./refusals.ts";

interface Extras {
  refusal: InstructionsRefusal | null;
  versionNow: number | null;
  latestVersion: number | null;
}

/**
 * Writes and deletes files of what an agent is told about itself; runs that begin from now on have them. The version before is
 * kept, and what changes nothing makes no new one.
 * @throws BoardroomError stale_state when another version is in force than the change was made from, payload_too_large,
 * invalid_request when the entry file would be missing, invalid_transition for an agent that was let go
 */
export async function updateInstructions(
  ctx: Ctx,
  { id, files, baseVersion }: InputOf<"agents.updateInstructions">,
): Promise<InstructionsBundle> {
  const { companyId } = ctx.db;
  const { rows } = await mutate<typeof schema.agentInstructions, Extras>(ctx, schema.agentInstructions, {
    before: lockAgent(companyId, id),
    with: {
      target: sql`
        select agents.*, ${configOf("agents")} as config, coalesce(n.files, '[]'::jsonb) as files, (
          select coalesce(max(m.version), 0) from agent_instructions m
          where m.company_id = agents.company_id and m.agent_id = agents.id) as latest
        from agents left join agent_instructions n on n.company_id = agents.company_id and n.agent_id = agents.id
          and n.version = agents.instructions_version
        where agents.company_id = ${companyId}::uuid and agents.id = ${id}::uuid`,
      wanted: mergedFiles(files),
      judged: sql`
        select t.company_id, t.id, t.latest, t.instructions_version, t.files as was, w.files, case
          when t.status = 'terminated' then 'terminated'
          when ${baseVersion !== undefined}::boolean and t.instructions_version is distinct from ${baseVersion ?? null}::int then 'stale'
          when jsonb_array_length(w.files) > ${maxInstructionFiles} then 'too_many'
          when w.chars > ${maxInstructionChars} then 'too_large'
          when jsonb_array_length(w.files) > 0 and not w.has_entry then 'no_entry'
        end as refusal
        from target t cross join wanted w`,
      written: sql`
        insert into agent_instructions (company_id, agent_id, version, files, author_name)
        select company_id, id, latest + 1, files, ${ctx.actor.name ?? ctx.actor.id}::text from judged
        where refusal is null and files <> was returning *`,
      changed: sql`
        update agents a set instructions_version = written.version, updated_at = now() from written
        where a.company_id = written.company_id and a.id = written.agent_id returning a.*`,
      kept: keepRevision(ctx, { source: "instructions", now: "changed", before: "target" }),
    },
    activity: [
      {
        from: "written",
        action: "agent.instructions_changed",
        entityType: "agent",
        entityId: sql`agent_id`,
        agentId: sql`agent_id`,
        details: sql`jsonb_build_object('version', version, 'paths', to_jsonb(${textArray(files.map(({ path }) => path))}))`,
      },
    ],
    select: sql`
      select judged.company_id, judged.id as agent_id, judged.files, coalesce(written.version, n.version) as version,
        coalesce(written.author_name, n.author_name) as author_name, coalesce(written.created_at, n.created_at) as created_at,
        judged.refusal, judged.instructions_version as version_now,
        nullif(coalesce(written.version, judged.latest), 0) as latest_version
      from judged left join written on true
      left join agent_instructions n on n.company_id = judged.company_id and n.agent_id = judged.id and n.version = judged.instructions_version`,
  });
  const { refusal, versionNow, ...bundle } = found(rows[0], "agent");
  if (refusal) throw refusedInstructions(refusal, versionNow);
  return { ...bundle, entryFile };
}
