import { redirect } from "@remix-run/cloudflare";
import { boardLoader } from "../server/board.ts";
import { listCompanies } from "../server/companies.ts";

/** The start: the visitor's first company, or the way to one. */
export const loader = boardLoader(async ({ context }) => {
  const companies = await listCompanies(context);
  const first = companies.find(({ status }) => status !== "archived") ?? companies[0];
  throw redirect(first ? `/${first.issuePrefix.toLowerCase()}` : "/welcome");
});
