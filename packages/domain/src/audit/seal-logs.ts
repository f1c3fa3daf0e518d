import type { Connection } from "@boardroom/db";
import { type SQL, sql } from "drizzle-orm";
import type { Ctx } from "../context.ts";
import { thereIs } from "../heartbeat/there-is.ts";
import { sealCompany } from "./seal-company.ts";

const atOnce = 4;
const sealsPerCompany = 20;
const companiesPerTick = 2000;

/** Each minute what happened in the last three is looked at; each hour, in case ticks were missed, what did in the last six hours. */
const recently = sql`a.created_at > now() - case when extract(minute from now()) = 0 then interval '6 hours' else interval '3 minutes' end`;

/** Whether something was logged lately, for the look at what a tick has to do. */
export const logsAreOpen: SQL = thereIs(sql`select 1 from activity_log a where ${recently}`);

/** Seals the logs of the companies in which something happened lately. @returns how many rows were sealed */
export async function sealLogs(system: Connection, contextFor: (companyId: string) => Ctx): Promise<number> {
  const companies = await system.raw<{ company_id: string }>(sql`
    select company_id from (select distinct a.company_id from activity_log a where ${recently}) a
    where exists (
      select 1 from activity_log l
      left join lateral (
        select s.to_xid, s.to_seq from audit_seals s where s.company_id = a.company_id order by s.position desc limit 1) last on true
      where l.company_id = a.company_id and (l.xid, l.seq) > (coalesce(last.to_xid, 0), coalesce(last.to_seq, 0)))
    limit ${companiesPerTick}`);
  const waiting = companies.map(({ company_id }) => company_id);
  let sealed = 0;
  const work = async () => {
    for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
      sealed += await sealCompany(contextFor(id), sealsPerCompany);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, work));
  return sealed;
}
