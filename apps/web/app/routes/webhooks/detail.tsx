import { type MetaFunction, redirect } from "@remix-run/cloudflare";
import { useLoaderData, useSearchParams } from "@remix-run/react";
import { companyAction } from "../../forms/act.ts";
import { isFailure, useResult } from "../../forms/use-result.ts";
import { useFreshened } from "../../live/use-freshened.ts";
import type { MadeSecret } from "../../server/agent-actions.ts";
import { companyLoader } from "../../server/board.ts";
import { actOnEndpoint, type SentTest } from "../../server/webhook-actions.ts";
import { ButtonLink, Submit } from "../../ui/button.tsx";
import { ConfirmSheet } from "../../ui/confirm-sheet.tsx";
import { CopyOnce } from "../../ui/copy-once.tsx";
import { FilterBar, FilterSelect } from "../../ui/filter-bar.tsx";
import { Form } from "../../ui/form.tsx";
import { Notice } from "../../ui/notice.tsx";
import { Page, Section } from "../../ui/page.tsx";
import { SheetLink } from "../../ui/sheet.tsx";
import { useCompany } from "../../ui/use-company.ts";
import { Deliveries } from "../../ui/webhooks/deliveries.tsx";
import { EndpointFields } from "../../ui/webhooks/endpoint-fields.tsx";
import { EndpointFacts, hostOf } from "../../ui/webhooks/endpoint-state.tsx";
import { MissedSheet } from "../../ui/webhooks/missed-sheet.tsx";

export { shouldRevalidate } from "../../live/should-revalidate.ts";
export { PageError as ErrorBoundary } from "../../ui/page-error.tsx";
export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: `${data ? hostOf(data.endpoint.url) : "Webhook"} · Boardroom` },
];

/** That something was delivered is no event; who looks on sees the first two tries. */
const isUnderWay = ({ status, attempts }: { status: string; attempts: unknown[] }) =>
  status === "pending" && attempts.length < 2;

const states = ["pending", "delivered", "failed"] as const;

export const loader = companyLoader(async ({ api, params, url }) => {
  const of = { params: { id: params.endpoint ?? "" } };
  const cursor = url.searchParams.get("cursor") ?? undefined;
  const status = states.find((state) => state === url.searchParams.get("status"));
  const [endpoint, deliveries] = await Promise.all([
    api.call("webhookEndpoints.get", of),
    api.page("webhookEndpoints.deliveries", { ...of, query: { limit: 25, cursor, status } }),
  ]);
  return { endpoint, deliveries };
});

export const action = companyAction(async (args) => {
  const path = `/${args.company.issuePrefix.toLowerCase()}/settings/webhooks`;
  const shown = await actOnEndpoint(args);
  if (shown) return shown;
  return redirect(args.intent === "delete" ? path : `${path}/${args.params.endpoint}?saved=${args.intent}`);
});

const done: Record<string, string> = {
  save: "Saved.",
  replay: "On its way once more.",
  missed: "What it missed is on its way.",
  enable: "Started: it is told what happens from now on.",
};

export default function WebhookPage() {
  const { endpoint, deliveries } = useLoaderData<typeof loader>();
  const { base } = useCompany();
  const [search] = useSearchParams();
  const result = useResult<MadeSecret | SentTest>();
  const shown = result && !isFailure(result) ? result : undefined;
  const isStopped = endpoint.status === "disabled";
  useFreshened(deliveries.items.some(isUnderWay), 2000);
  const said = done[search.get("saved") ?? ""];
  return (
    <Page
      title={endpoint.description || hostOf(endpoint.url)}
      back={`${base}/settings/webhooks`}
      actions={<ButtonLink to={`${base}/activity?type=webhook_endpoint&id=${endpoint.id}`}>History</ButtonLink>}
      narrow
    >
      <div className="stack" data-wide>
        {said && !shown && <Notice tone="good">{said}</Notice>}
        {shown && "test" in shown && <Notice tone={shown.test.error ? "bad" : "good"}>{shown.test.message}</Notice>}
        {shown && "secret" in shown && (
          <CopyOnce title={shown.secret.title} secret={shown.secret.value} hint={shown.secret.hint} />
        )}
        {isStopped && (
          <Notice tone="attention">
            Stopped: it is told nothing. {endpoint.disabledReason ?? ""} What it misses can be sent later.
          </Notice>
        )}
        <EndpointFacts endpoint={endpoint} />
        <div className="form-actions">
          <Form calls="webhookEndpoints.test" intent="test" className="line" replace preventScrollReset>
            <Submit intent="test">Send a test</Submit>
          </Form>
          {isStopped ? (
            <Form calls="webhookEndpoints.update" intent="enable" className="line" replace preventScrollReset>
              <Submit intent="enable" kind="plain">
                Start
              </Submit>
            </Form>
          ) : (
            <>
              <SheetLink sheet="missed" leadsTo="webhookEndpoints.replay" className="button">
                Send what it missed
              </SheetLink>
              <SheetLink sheet="disable" leadsTo="webhookEndpoints.update" className="button">
                Stop
              </SheetLink>
            </>
          )}
        </div>
        <Section title="Deliveries">
          <FilterBar>
            <FilterSelect label="State" name="status" options={stateOptions} />
          </FilterBar>
          <Deliveries deliveries={deliveries.items} nextCursor={deliveries.nextCursor} canReplay={!isStopped} />
        </Section>
        <Section title="Settings">
          <Form calls="webhookEndpoints.update" isReadable intent="save" replace preventScrollReset>
            <EndpointFields endpoint={endpoint} />
            <div className="form-actions">
              <Submit intent="save">Save</Submit>
              <SheetLink sheet="rotate" leadsTo="webhookEndpoints.rotateSecret" className="button">
                New signing secret
              </SheetLink>
              <SheetLink sheet="delete" leadsTo="webhookEndpoints.delete" className="button" data-kind="danger">
                Delete
              </SheetLink>
            </div>
          </Form>
        </Section>
      </div>
      <MissedSheet />
      <ConfirmSheet name="disable" title="Stop telling it" confirm="Stop" danger={false}>
        <p>What waits stays where it is. What happens meanwhile can be sent once it is started again.</p>
      </ConfirmSheet>
      {!(shown && "secret" in shown) && (
        <ConfirmSheet name="rotate" title="A new signing secret" confirm="Make it" danger={false}>
          <p>For 24 hours both secrets sign, so that the receiver can change over. The new one is shown once.</p>
        </ConfirmSheet>
      )}
      <ConfirmSheet name="delete" title={`Delete ${hostOf(endpoint.url)}`} confirm="Delete it and its log">
        <p>It is told nothing more, and what is known of its deliveries goes with it. This can't be undone.</p>
      </ConfirmSheet>
    </Page>
  );
}

const stateOptions = [
  ["", "All deliveries"],
  ["failed", "Failed"],
  ["pending", "Waiting"],
  ["delivered", "Delivered"],
] as const;
