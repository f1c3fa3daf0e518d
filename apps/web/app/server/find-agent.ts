import type { Agent, Company } from "@boardroom/contract";
import type { AppLoadContext } from "@remix-run/cloudflare";
import { listAgents, notFound } from "./companies.ts";

/** The agent that an address names by its key or its id; terminated ones are found too. */
export async function findAgent(context: AppLoadContext, company: Company, named: string): Promise<Agent> {
  const agents = await listAgents(context, company);
  const found = agents.find(({ id, urlKey }) => urlKey === named || id === named);
  if (found) return found;
  if (isUuid(named)) return context.api.call("agents.get", { params: { id: named } });
  const [former] = await context.api.call("agents.list", {
    params: { cid: company.id },
    query: { urlKey: named, status: "terminated", limit: 1 },
  });
  if (!former) throw notFound("There is no agent of this name here.");
  return former;
}

export function isUuid(text: string): boolean {
  return /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text);
}
