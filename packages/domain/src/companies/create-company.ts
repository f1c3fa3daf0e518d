import type { Company } from "@boardroom/contract";
import { mapRow, schema, violates } from "@boardroom/db";
import { type SQL, sql } from "drizzle-orm";
import { insertInto } from "../column-values.ts";
import type { PersonCtx } from "../context.ts";
import { found } from "../found.ts";
import type { InputOf } from "../input.ts";
import { createOnce, rememberedForPerson } from "../person-idempotency.ts";
import type { CompanyExtras } from "./company-columns.ts";
import { freePrefix, suggestPrefixes } from "./prefixes.ts";

/** Each lost race is somebody else founded; so many at the same moment under one name are unlikely. */
const maxTries = 20;

/**
 * Founds a company with the caller as its owner. Without a wished prefix it takes the first free one made of the name.
 * @throws BoardroomError already_exists when the wished prefix is taken
 */
export async function createCompany(ctx: PersonCtx, input: InputOf<"companies.create">): Promise<Company> {
  const { row } = await createOnce(ctx, async () => {
    for (let tries = 1; ; tries += 1) {
      try {
        const [created] = await ctx.system.raw(foundingStatement(ctx, input));
        return found(created, "company");
      } catch (error) {
        // Somebody else took the suggestion in between; the next one is free.
        const lostRace = violates(error, "companies_issue_prefix_unique") && !input.issuePrefix;
        if (!lostRace || tries === maxTries) throw error;
      }
    }
  });
  return mapRow<typeof schema.companies, CompanyExtras>(schema.companies, row);
}

function foundingStatement(ctx: PersonCtx, input: InputOf<"companies.create">): SQL {
  const { person } = ctx;
  const { idempotencyKey: _, issuePrefix, ...fields } = input;
  const prefix = issuePrefix ?? freePrefix(suggestPrefixes(input.name));
  return sql`
    with created as (${insertInto(schema.companies, { ...fields, issuePrefix: prefix })} returning *),
    owner as (
      insert into memberships (company_id, user_id, display_name, role)
      select id, ${person.userId}::text, ${person.name}::text, 'owner' from created),
    logged as (
      insert into activity_log (company_id, actor_type, actor_id, actor_name, action, entity_type, entity_id, details)
      select id, 'user', ${person.userId}::text, ${person.name}::text, 'company.created', 'company', id::text,
        jsonb_build_object('name', name, 'issuePrefix', issue_prefix)
      from created),
    result as (select created.*, 0 as spent_monthly_cents from created),
    remembered as (${rememberedForPerson(ctx)})
    select * from result`;
}
