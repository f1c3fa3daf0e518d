import { approvalTypes, operations } from "@boardroom/contract";
import { type MetaFunction, redirect } from "@remix-run/cloudflare";
import { useLoaderData } from "@remix-run/react";
import { companyAction, parseForm } from "../../forms/act.ts";
import { readChoice, readInteger, readText } from "../../forms/read.ts";
import { companyLoader } from "../../server/board.ts";
import { PolicyRow, PolicySheet } from "../../ui/decision/policy-row.tsx";
import { Notice } from "../../ui/notice.tsx";
import { Page } from "../../ui/page.tsx";
import { useCompany } from "../../ui/use-company.ts";

export { shouldRevalidate } from "../../live/should-revalidate.ts";
export { PageError as ErrorBoundary } from "../../ui/page-error.tsx";
export const meta: MetaFunction = () => [{ title: "Who decides · Boardroom" }];

export const loader = companyLoader(async ({ api, company, url }) => ({
  policies: await api.call("decisionPolicies.list", { params: { cid: company.id } }),
  isSaved: url.searchParams.has("saved"),
}));

export const action = companyAction(async ({ api, company, form }) => {
  const type = readChoice(form, "type", approvalTypes);
  const hours = (name: string) => (readText(form, name) === "" ? null : readInteger(form, name) * 3600);
  const body = parseForm(
    operations["decisionPolicies.set"].body,
    {
      quorum: readInteger(form, "quorum"),
      minimumRole: readText(form, "minimumRole"),
      graceSeconds: readInteger(form, "graceSeconds"),
      escalateAfterSec: hours("escalateAfterSec"),
      expiresAfterSec: hours("expiresAfterSec"),
    },
    form,
  );
  await api.call("decisionPolicies.set", { params: { cid: company.id, type }, body });
  return redirect(`/${company.issuePrefix.toLowerCase()}/settings/decisions?saved`);
});

export default function Policies() {
  const { policies, isSaved } = useLoaderData<typeof loader>();
  const { base } = useCompany();
  return (
    <Page title="Who decides" back={`${base}/settings`} narrow>
      <div className="stack">
        {isSaved && <Notice tone="good">Saved. It holds for what waits now, too.</Notice>}
        <div className="bordered">
          {policies.map((policy) => (
            <PolicyRow key={policy.type} policy={policy} />
          ))}
        </div>
      </div>
      {policies.map((policy) => (
        <PolicySheet key={policy.type} policy={policy} />
      ))}
    </Page>
  );
}
