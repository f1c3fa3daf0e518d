import { approvalTypes, type DecisionPolicy, operations } from "@boardroom/contract";
import { type MetaFunction, redirect } from "@remix-run/cloudflare";
import { useLoaderData } from "@remix-run/react";
import { companyAction, parseForm } from "../../forms/act.ts";
import { readChoice, readInteger, readText } from "../../forms/read.ts";
import { companyLoader } from "../../server/board.ts";
import { Submit } from "../../ui/button.tsx";
import { Input, Select } from "../../ui/field.tsx";
import { Form } from "../../ui/form.tsx";
import { Notice } from "../../ui/notice.tsx";
import { Page, Section } from "../../ui/page.tsx";
import { useCompany } from "../../ui/use-company.ts";

export { shouldRevalidate } from "../../live/should-revalidate.ts";
export { PageError as ErrorBoundary } from "../../ui/page-error.tsx";
export const meta: MetaFunction = () => [{ title: "Who decides · Boardroom" }];

export const loader = companyLoader(async ({ api, company, url }) => ({
  policies: await api.call("decisionPolicies.list", { params: { cid: company.id } }),
  saved: url.searchParams.get("saved"),
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
  return redirect(`/${company.issuePrefix.toLowerCase()}/settings/decisions?saved=${type}`);
});

const titles: Record<DecisionPolicy["type"], string> = {
  hire_agent: "Hires",
  approve_ceo_strategy: "Plans",
  budget_override_required: "Spending beyond a budget",
  request_board_approval: "Everything else that agents ask",
};

export default function Policies() {
  const { policies, saved } = useLoaderData<typeof loader>();
  const { base } = useCompany();
  return (
    <Page title="Who decides" back={`${base}/settings`} narrow>
      <div className="stack" data-wide>
        {policies.map((policy) => (
          <Section key={policy.type} title={titles[policy.type]}>
            {saved === policy.type && <Notice tone="good">Saved. It holds for what waits now, too.</Notice>}
            <PolicyForm policy={policy} />
          </Section>
        ))}
      </div>
    </Page>
  );
}

const roles = [
  ["operator", "Operators and above"],
  ["admin", "Admins and owners"],
  ["owner", "Owners"],
] as const;
const inHours = (seconds: number | null) => (seconds === null ? "" : Math.max(1, Math.round(seconds / 3600)));

function PolicyForm({ policy }: { policy: DecisionPolicy }) {
  const { type, quorum, minimumRole, graceSeconds, escalateAfterSec, expiresAfterSec, eligibleMembers } = policy;
  return (
    <Form intent={`save-${type}`} preventScrollReset>
      <input type="hidden" name="type" value={type} />
      {quorum > eligibleMembers && (
        <Notice tone="attention">
          It takes {quorum} votes, and only {eligibleMembers} may vote: nothing can be decided. Invite somebody, or ask
          for fewer.
        </Notice>
      )}
      <Select label="Who may vote" name="minimumRole" options={roles} defaultValue={minimumRole} />
      <Input
        label="Votes that it takes"
        name="quorum"
        type="number"
        min={1}
        max={20}
        defaultValue={quorum}
        hint="With more than one, who asks doesn't vote."
      />
      <Input
        label="Seconds to undo"
        name="graceSeconds"
        type="number"
        min={0}
        max={3600}
        defaultValue={graceSeconds}
        hint="So long after a yes nothing happens yet, and it can be taken back."
      />
      <Input
        label="Escalate after hours"
        name="escalateAfterSec"
        type="number"
        min={1}
        max={720}
        defaultValue={inHours(escalateAfterSec)}
        hint="Then it is urgent, and all who may vote are told again."
        optional
      />
      <Input
        label="Withdraw after hours"
        name="expiresAfterSec"
        type="number"
        min={1}
        max={8760}
        defaultValue={inHours(expiresAfterSec)}
        hint="Unanswered so long, it is withdrawn and who asked is told. Empty means never."
        optional
      />
      <div className="form-actions">
        <Submit intent={`save-${type}`}>Save</Submit>
      </div>
    </Form>
  );
}
