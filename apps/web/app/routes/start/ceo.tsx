import { type MetaFunction, redirect } from "@remix-run/cloudflare";
import { useLoaderData } from "@remix-run/react";
import { companyAction } from "../../forms/act.ts";
import { readText } from "../../forms/read.ts";
import { isFailure, useResult } from "../../forms/use-result.ts";
import { companyLoader } from "../../server/board.ts";
import { askForPlan, hireCeo } from "../../server/start-company.ts";
import { ButtonLink, Submit } from "../../ui/button.tsx";
import { CopyOnce } from "../../ui/copy-once.tsx";
import { Form } from "../../ui/form.tsx";
import { Page } from "../../ui/page.tsx";
import { CeoFields } from "../../ui/start/ceo-fields.tsx";
import { StartSteps } from "../../ui/start/steps.tsx";
import { useCompany } from "../../ui/use-company.ts";

export { shouldRevalidate } from "../../live/should-revalidate.ts";
export { PageError as ErrorBoundary } from "../../ui/page-error.tsx";
export const meta: MetaFunction = () => [{ title: "CEO · Boardroom" }];

export const loader = companyLoader(async ({ context }) => ({
  hasDemo: context.env.demoAgentUrl !== null,
  onceKey: crypto.randomUUID(),
}));

interface Connecting {
  id: string;
  name: string;
  webhookSecret: string;
}

export const action = companyAction(async (args): Promise<Connecting | Response> => {
  const ready = `/${args.company.issuePrefix.toLowerCase()}/start/ready`;
  if (args.intent === "wake") {
    const id = readText(args.form, "agentId");
    await askForPlan(args, id);
    return redirect(ready);
  }
  const { id, name, webhookSecret } = await hireCeo(args);
  const mustBeToldSecret = readText(args.form, "connection") === "webhook" && webhookSecret !== null;
  if (mustBeToldSecret) return { id, name, webhookSecret };
  await askForPlan(args, id);
  return redirect(ready);
});

export default function StartCeo() {
  const { hasDemo, onceKey } = useLoaderData<typeof loader>();
  const { base } = useCompany();
  const result = useResult<Connecting>();
  const connecting = result && !isFailure(result) ? result : undefined;
  return (
    <Page
      title={connecting ? `Connect ${connecting.name}` : "Hire its CEO"}
      back={`${base}/start`}
      narrow
      actions={
        <ButtonLink to={base} kind="quiet">
          Skip
        </ButtonLink>
      }
    >
      <StartSteps at={1} />
      {connecting ? (
        <div className="stack">
          <CopyOnce
            title="Signing secret"
            secret={connecting.webhookSecret}
            hint={`Put it where ${connecting.name}'s server checks the signature of its webhooks. It is shown this once.`}
          />
          <Form intent="wake">
            <input type="hidden" name="agentId" value={connecting.id} />
            <div className="form-actions">
              <Submit intent="wake">It is in place: wake {connecting.name}</Submit>
            </div>
          </Form>
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
