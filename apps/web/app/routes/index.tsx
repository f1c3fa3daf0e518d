import { type MetaFunction, redirect } from "@remix-run/cloudflare";
import { useLoaderData } from "@remix-run/react";
import { boardLoader } from "../server/board.ts";
import { listCompanies } from "../server/companies.ts";
import { Gate } from "../ui/gate.tsx";
import { Overview } from "../ui/overview.tsx";

export const meta: MetaFunction = () => [{ title: "Companies · Boardroom" }];

/** The start: of somebody on one board that company, of somebody on several all of them, else the way to one. */
export const loader = boardLoader(async ({ context }) => {
  const companies = await listCompanies(context);
  const open = companies.filter(({ status }) => status !== "archived");
  if (open.length > 1) return context.api.call("companies.overview", {});
  const first = open[0] ?? companies[0];
  throw redirect(first ? `/${first.issuePrefix.toLowerCase()}` : "/welcome");
});

export default function Start() {
  return (
    <Gate title="Your companies">
      <Overview overview={useLoaderData<typeof loader>()} />
    </Gate>
  );
}
