import type { MetaFunction } from "@remix-run/cloudflare";
import { useLoaderData } from "@remix-run/react";
import { companyLoader } from "../../server/board.ts";
import { findCeo } from "../../server/start-company.ts";
import { ButtonLink } from "../../ui/button.tsx";
import { Page } from "../../ui/page.tsx";
import { StartProgress } from "../../ui/start/progress.tsx";
import { StartSteps } from "../../ui/start/steps.tsx";
import { useCompany } from "../../ui/use-company.ts";

export { shouldRevalidate } from "../../live/should-revalidate.ts";
export { PageError as ErrorBoundary } from "../../ui/page-error.tsx";
export const meta: MetaFunction = () => [{ title: "First plan · Boardroom" }];

export const loader = companyLoader(async ({ api, context, company }) => {
  const params = { cid: company.id };
  const [ceo, plans, runners] = await Promise.all([
    findCeo(context, company),
    api.call("approvals.list", { params, query: { type: "approve_ceo_strategy", limit: 1 } }),
    api.call("runners.list", { params, query: { limit: 1 } }),
  ]);
  return {
    ceo: ceo && {
      name: ceo.name,
      urlKey: ceo.urlKey,
      status: ceo.status,
      lastHeartbeatAt: ceo.lastHeartbeatAt,
      needsMachine: ceo.adapterType.endsWith("_local") || ceo.adapterType === "cursor",
    },
    hasMachine: runners.length > 0,
    plan: plans[0] ? { id: plans[0].id, status: plans[0].status } : null,
  };
});

export default function StartReady() {
  const { ceo, hasMachine, plan } = useLoaderData<typeof loader>();
  const { base } = useCompany();
  return (
    <Page
      title={ceo ? `${ceo.name} begins` : "Its CEO comes first"}
      back={`${base}/start/ceo`}
      narrow
      actions={
        <ButtonLink to={base} kind="quiet">
          Home
        </ButtonLink>
      }
    >
      <StartSteps at={ceo ? 2 : 1} />
      {ceo ? (
        <StartProgress ceo={ceo} hasMachine={hasMachine} plan={plan} />
      ) : (
        <div className="stack" data-tight>
          <p className="muted">The CEO is the first agent. It reads the goal and proposes how to begin.</p>
          <div className="line">
            <ButtonLink to={`${base}/start/ceo`} kind="primary">
              Hire its CEO
            </ButtonLink>
          </div>
        </div>
      )}
    </Page>
  );
}
