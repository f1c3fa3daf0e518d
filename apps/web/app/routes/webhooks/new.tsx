import type { MetaFunction } from "@remix-run/cloudflare";
import { useLoaderData } from "@remix-run/react";
import { companyAction } from "../../forms/act.ts";
import { isFailure, useResult } from "../../forms/use-result.ts";
import { readNewEndpoint } from "../../forms/webhook-form.ts";
import { companyLoader } from "../../server/board.ts";
import { ButtonLink, Submit } from "../../ui/button.tsx";
import { CopyOnce } from "../../ui/copy-once.tsx";
import { Form, OnceKey } from "../../ui/form.tsx";
import { Page } from "../../ui/page.tsx";
import { useCompany } from "../../ui/use-company.ts";
import { EndpointFields } from "../../ui/webhooks/endpoint-fields.tsx";

export { shouldRevalidate } from "../../live/should-revalidate.ts";
export { PageError as ErrorBoundary } from "../../ui/page-error.tsx";
export const meta: MetaFunction = () => [{ title: "New address · Boardroom" }];

export const loader = companyLoader(async () => ({ onceKey: crypto.randomUUID() }));

interface MadeEndpoint {
  id: string;
  secret: string | null;
}

export const action = companyAction(async ({ api, company, form }): Promise<MadeEndpoint> => {
  const made = await api.call("webhookEndpoints.create", { params: { cid: company.id }, body: readNewEndpoint(form) });
  return { id: made.id, secret: made.webhookSecret };
});

export default function NewWebhook() {
  const { onceKey } = useLoaderData<typeof loader>();
  const { base } = useCompany();
  const result = useResult<MadeEndpoint>();
  const made = result && !isFailure(result) ? result : undefined;
  const path = `${base}/settings/webhooks`;
  return (
    <Page title={made ? "It is told from now on" : "New address"} back={path} narrow calls="webhookEndpoints.create">
      {made ? (
        <div className="stack">
          {made.secret && <CopyOnce title="Signing secret" secret={made.secret} hint={secretHint} />}
          <div className="form-actions">
            <ButtonLink to={`${path}/${made.id}`} kind="primary">
              Send it a test
            </ButtonLink>
          </div>
        </div>
      ) : (
        <Form intent="create">
          <OnceKey value={onceKey} />
          <EndpointFields />
          <div className="form-actions">
            <Submit intent="create">Add address</Submit>
          </div>
        </Form>
      )}
    </Page>
  );
}

const secretHint = "The receiver verifies with it that a webhook comes from here, as Standard Webhooks defines it.";
