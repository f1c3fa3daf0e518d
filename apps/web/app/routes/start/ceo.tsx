import type { Agent } from "@boardroom/contract";
import { type MetaFunction, redirect } from "@remix-run/cloudflare";
import { useLoaderData } from "@remix-run/react";
import { companyAction } from "../../forms/act.ts";
import { readText } from "../../forms/read.ts";
import { isFailure, useResult } from "../../forms/use-result.ts";
import { companyLoader } from "../../server/board.ts";
import { askForPlan, findCeo, hireCeo } from "../../server/start-company.ts";
import { ButtonLink, Submit } from "../../ui/button.tsx";
import { Form } from "../../ui/form.tsx";
import { Page } from "../../ui/page.tsx";
import { CeoFields } from "../../ui/start/ceo-fields.tsx";
import { ConnectCeo } from "../../ui/start/connect-ceo.tsx";
import { StartSteps } from "../../ui/start/steps.tsx";
import { useCompany } from "../../ui/use-company.ts";

export { shouldRevalidate } from "../../live/should-revalidate.ts";
export { PageError as ErrorBoundary } from "../../ui/page-error.tsx";
export const meta: MetaFunction = () => [{ title: "CEO · Boardroom" }];

export const loader = companyLoader(async ({ context, company }) => {
  const { demoAgentUrl } = context.env;
  const ceo = await findCeo(context, company);
  return {
    ceo: ceo && { id: ceo.id, name: ceo.name, waitsForSecret: waitsForSecret(ceo, demoAgentUrl) },
    hasDemo: demoAgentUrl !== null,
    onceKey: crypto.randomUUID(),
  };
});

/** Called at an address of one's own, and never heard from: its secret may not have arrived. */
const waitsForSecret = ({ adapterType, adapterConfig, lastHeartbeatAt }: Agent, demoAgentUrl: string | null) =>
  adapterType === "http" && lastHeartbeatAt === null && adapterConfig.url !== demoAgentUrl;

interface MadeSecret {
  webhookSecret: string;
}

export const action = companyAction(async (args): Promise<MadeSecret | Response> => {
  const { api, form, intent } = args;
  const ready = `/${args.company.issuePrefix.toLowerCase()}/start/ready`;
  switch (intent) {
    case "wake":
      await askForPlan(args, readText(form, "agentId"));
      return redirect(ready);
    case "rotate":
      return api.call("agents.rotateWebhookSecret", { params: { id: readText(form, "agentId") } });
    default: {
      const { id, webhookSecret } = await hireCeo(args);
      if (readText(form, "connection") === "webhook" && webhookSecret !== null) return { webhookSecret };
      await askForPlan(args, id);
      return redirect(ready);
    }
  }
});

export default function StartCeo() {
  const { ceo, hasDemo, onceKey } = useLoaderData<typeof loader>();
  const { base } = useCompany();
  const result = useResult<MadeSecret>();
  const secret = result && !isFailure(result) ? result.webhookSecret : null;
  return (
    <Page
      title={ceo?.waitsForSecret ? `Connect ${ceo.name}` : "Hire its CEO"}
      back={`${base}/start`}
      narrow
      calls="agents.create"
      actions={
        <ButtonLink to={base} kind="quiet">
          Skip
        </ButtonLink>
      }
    >
      <StartSteps at={1} />
      {ceo?.waitsForSecret ? (
        <ConnectCeo ceo={ceo} secret={secret} />
      ) : ceo ? (
        <div className="stack" data-tight>
          <p className="muted">{ceo.name} is hired already.</p>
          <div className="line">
            <ButtonLink to={`${base}/start/ready`} kind="primary">
              Go on
            </ButtonLink>
          </div>
        </div>
      ) : (
        <Form intent="hire">
          <CeoFields hasDemo={hasDemo} onceKey={onceKey} />
          <div className="form-actions">
            <Submit intent="hire">Hire and wake</Submit>
          </div>
        </Form>
      )}
    </Page>
  );
}
