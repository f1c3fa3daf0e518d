import type { Agent, Company, OwnCompany } from "@boardroom/contract";
import { type AppLoadContext, data } from "@remix-run/cloudflare";
import type { PageError } from "./errors.ts";

const companiesOf = new WeakMap<AppLoadContext, Promise<OwnCompany[]>>();
const agentsOf = new WeakMap<AppLoadContext, Promise<Agent[]>>();

/** The visitor's companies; asked once however many loaders of a page need them. */
export function listCompanies(context: AppLoadContext): Promise<OwnCompany[]> {
  return remember(companiesOf, context, () => context.api.call("companies.list", { query: { limit: 200 } }));
}

/** The company whose prefix stands in the address, or a 404 page. */
export async function findCompany(context: AppLoadContext, prefix: string): Promise<OwnCompany> {
  const companies = await listCompanies(context);
  const company = companies.find((each) => each.issuePrefix.toLowerCase() === prefix.toLowerCase());
  if (!company) throw notFound("There is no company here that you can see.");
  return company;
}

/** The agents of the page's company by name, once per request. */
export function listAgents(context: AppLoadContext, company: Company): Promise<Agent[]> {
  return remember(agentsOf, context, async () => {
    const agents = await context.api.call("agents.list", { params: { cid: company.id }, query: { limit: 200 } });
    return agents.sort((a, b) => a.name.localeCompare(b.name, "en"));
  });
}

/** An error page with status 404. */
export function notFound(message: string) {
  const page: PageError = { message, code: "not_found", requestId: undefined };
  return data(page, { status: 404 });
}

function remember<T>(memory: WeakMap<AppLoadContext, Promise<T>>, context: AppLoadContext, ask: () => Promise<T>) {
  const asked = memory.get(context) ?? ask();
  memory.set(context, asked);
  return asked;
}
