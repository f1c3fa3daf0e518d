import type { OwnCompany } from "@boardroom/contract";
import type { Ctx } from "../context.ts";
import type { Page } from "../paging.ts";
import { getCompany } from "./get-company.ts";

/** An agent belongs to exactly one company. */
export async function listOwnCompany(ctx: Ctx): Promise<Page<OwnCompany>> {
  return { items: [{ ...(await getCompany(ctx)), role: null }], nextCursor: null };
}
