import { BoardroomError } from "@boardroom/contract";
import { type SQL, sql } from "drizzle-orm";
import { idArray } from "../column-values.ts";

/** Whether all of these are agents of the company; null names none. */
export function knowsAgents(companyId: string, agentIds: readonly string[] | null | undefined): SQL {
  if (!agentIds) return sql`true`;
  const wanted = [...new Set(agentIds)];
  return sql`(select count(*) = ${wanted.length} from agents where company_id = ${companyId}::uuid and id = any(${idArray(wanted)}))`;
}

export const unknownAgents = () =>
  new BoardroomError("invalid_reference", "An agent is not one of this company.", { field: "agentIds" });
