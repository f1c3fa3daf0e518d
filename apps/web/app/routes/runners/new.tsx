import type { MetaFunction } from "@remix-run/cloudflare";
import { useLoaderData } from "@remix-run/react";
import { companyAction } from "../../forms/act.ts";
import { readNewRunner } from "../../forms/runner-form.ts";
import { isFailure, useResult } from "../../forms/use-result.ts";
import { companyLoader } from "../../server/board.ts";
import { listAgents } from "../../server/companies.ts";
import { forbiddenIsNone } from "../../server/forbidden.ts";
import { toQrCode } from "../../server/qr-code.ts";
import { Submit } from "../../ui/button.tsx";
import { Form, OnceKey } from "../../ui/form.tsx";
import { Page } from "../../ui/page.tsx";
import { ConnectMachine, type MadeCode } from "../../ui/runner/connect-machine.tsx";
import { RunnerFields } from "../../ui/runner/runner-fields.tsx";
import { useCompany } from "../../ui/use-company.ts";

export { shouldRevalidate } from "../../live/should-revalidate.ts";
export { PageError as ErrorBoundary } from "../../ui/page-error.tsx";
export const meta: MetaFunction = () => [{ title: "Connect a machine · Boardroom" }];

export const loader = companyLoader(async ({ api, context, company }) => {
  const params = { cid: company.id };
  const [agents, codes, runners] = await Promise.all([
    listAgents(context, company),
    api.call("runnerCodes.list", { params, query: { limit: 20 } }).catch(forbiddenIsNone),
    api.call("runners.list", { params, query: { limit: 200 } }),
  ]);
  return {
    agents: agents.filter(({ status }) => status !== "terminated").map(({ id, name }) => ({ id, name })),
    used: codes.flatMap(({ id, runnerId }) => (runnerId === null ? [] : [{ codeId: id, runnerId }])),
    runners,
    onceKey: crypto.randomUUID(),
  };
});

export const action = companyAction(async ({ api, company, form }): Promise<MadeCode> => {
  const made = await api.call("runnerCodes.create", { params: { cid: company.id }, body: readNewRunner(form) });
  const { id, code, command, expiresAt } = made;
  return { id, code, command, expiresAt, qr: command === null ? null : toQrCode(command) };
});

export default function ConnectRunner() {
  const { agents, used, runners, onceKey } = useLoaderData<typeof loader>();
  const { base } = useCompany();
  const result = useResult<MadeCode>();
  const made = result && !isFailure(result) ? result : undefined;
  const runnerId = used.find(({ codeId }) => codeId === made?.id)?.runnerId;
  return (
    <Page title="Connect a machine" back={`${base}/runners`} narrow calls="runnerCodes.create">
      {made ? (
        <ConnectMachine made={made} runner={runners.find(({ id }) => id === runnerId)} />
      ) : (
        <Form intent="connect">
          <p className="muted">
            One command on the machine, and the programs on it can work for this company. What it may touch is set on
            the machine itself and can't be widened from here.
          </p>
          <OnceKey value={onceKey} />
          <RunnerFields agents={agents} />
          <div className="form-actions">
            <Submit intent="connect">Make a code</Submit>
          </div>
        </Form>
      )}
    </Page>
  );
}
