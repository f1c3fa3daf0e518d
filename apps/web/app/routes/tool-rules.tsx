import { type MetaFunction, redirect } from "@remix-run/cloudflare";
import { useLoaderData } from "@remix-run/react";
import Plus from "lucide-react/icons/plus";
import { companyAction } from "../forms/act.ts";
import { useFailure } from "../forms/use-result.ts";
import { listAdapters } from "../server/adapters.ts";
import { companyLoader } from "../server/board.ts";
import { listAgents } from "../server/companies.ts";
import { actOnRules, listRules } from "../server/tool-rules.ts";
import { Submit } from "../ui/button.tsx";
import { Form, OnceKey } from "../ui/form.tsx";
import { Notice } from "../ui/notice.tsx";
import { Page } from "../ui/page.tsx";
import { Sheet, SheetLink } from "../ui/sheet.tsx";
import { EmptyState } from "../ui/states.tsx";
import { RuleFields } from "../ui/tools/rule-fields.tsx";
import { RuleRow } from "../ui/tools/rule-row.tsx";
import { useCompany } from "../ui/use-company.ts";

export { shouldRevalidate } from "../live/should-revalidate.ts";
export { PageError as ErrorBoundary } from "../ui/page-error.tsx";
export const meta: MetaFunction = () => [{ title: "Tool rules · Boardroom" }];

export const loader = companyLoader(async ({ api, context, company }) => {
  const [rules, agents, adapters] = await Promise.all([
    listRules(api, company.id),
    listAgents(context, company),
    listAdapters(api, company),
  ]);
  return {
    rules,
    agents: agents.map(({ id, name }) => ({ id, name })),
    adapters: adapters
      .filter(({ capabilities }) => capabilities.supportsToolApprovals)
      .map(({ type, label }) => ({ type, label })),
    onceKey: crypto.randomUUID(),
  };
});

export const action = companyAction(async (args) => {
  await actOnRules(args);
  return redirect(`/${args.company.issuePrefix.toLowerCase()}/settings/tool-rules`);
});

export default function ToolRules() {
  const { rules, agents, adapters, onceKey } = useLoaderData<typeof loader>();
  const { base } = useCompany();
  const failure = useFailure("move-rule");
  const limitsOf = ({ agentId, adapterType }: (typeof rules)[number]) => [
    ...(agentId ? [agents.find(({ id }) => id === agentId)?.name ?? "a former agent"] : []),
    ...(adapterType ? [adapters.find(({ type }) => type === adapterType)?.label ?? adapterType] : []),
  ];
  const addRule = (
    <SheetLink
      sheet="add-rule"
      leadsTo="toolRules.create"
      className="button"
      data-kind={rules.length === 0 ? "primary" : undefined}
    >
      <Plus size={16} aria-hidden="true" />
      Add a rule
    </SheetLink>
  );
  return (
    <Page title="Tool rules" back={`${base}/settings`} flush actions={rules.length > 0 && addRule}>
      {failure && <Notice tone="bad">{failure.message}</Notice>}
      {rules.length === 0 ? (
        <EmptyState action={addRule}>
          Before an agent on a machine of yours uses a tool it asks, and what it asks waits in the inbox. A rule answers
          for you: allow the harmless, deny the rest.
        </EmptyState>
      ) : (
        <>
          <ol className="list">
            {rules.map((rule, at) => (
              <RuleRow
                key={rule.id}
                rule={rule}
                limits={limitsOf(rule)}
                isFirst={at === 0}
                isLast={at === rules.length - 1}
              />
            ))}
          </ol>
          <p className="list-end">
            Tried from the top: the first one that fits decides. Where none does, you are asked.
          </p>
        </>
      )}
      <Sheet name="add-rule" title="Add a rule">
        <Form intent="add-rule" replace preventScrollReset>
          <OnceKey value={onceKey} />
          <RuleFields agents={agents} adapters={adapters} />
          <div className="form-actions">
            <Submit intent="add-rule">Add rule</Submit>
          </div>
        </Form>
      </Sheet>
      {rules.map((rule) => (
        <Sheet key={rule.id} name={`rule-${rule.id}`} title="Change the rule">
          <Form intent="save-rule" replace preventScrollReset>
            <input type="hidden" name="ruleId" value={rule.id} />
            <RuleFields rule={rule} agents={agents} adapters={adapters} />
            <div className="form-actions">
              <Submit intent="save-rule">Save</Submit>
              <Submit intent="delete-rule" kind="danger" formNoValidate>
                Delete
              </Submit>
            </div>
          </Form>
        </Sheet>
      ))}
    </Page>
  );
}
