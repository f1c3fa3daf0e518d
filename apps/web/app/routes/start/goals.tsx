import { type MetaFunction, redirect } from "@remix-run/cloudflare";
import { useLoaderData } from "@remix-run/react";
import { companyAction, InvalidForm } from "../../forms/act.ts";
import { invalidField } from "../../forms/failure.ts";
import { readText } from "../../forms/read.ts";
import { companyLoader } from "../../server/board.ts";
import { ButtonLink, Submit } from "../../ui/button.tsx";
import { Input, Radios } from "../../ui/field.tsx";
import { Form, OnceKey } from "../../ui/form.tsx";
import { Page } from "../../ui/page.tsx";
import { StartSteps } from "../../ui/start/steps.tsx";
import { useCompany } from "../../ui/use-company.ts";

export { PageError as ErrorBoundary } from "../../ui/page-error.tsx";
export const meta: MetaFunction = () => [{ title: "First goal · Boardroom" }];

const suggestions = [
  [
    "Ship a first version that people use",
    "Ship a first version that people use",
    "Built, tested, in the hands of ten people.",
  ],
  ["Find ten paying customers", "Find ten paying customers", "Know who needs it, reach them, sell it to them."],
  ["Answer every customer within a day", "Answer every customer within a day", "Nobody waits, nothing is asked twice."],
  ["own", "Something else", "Write it below, in one sentence."],
] as const;

export const loader = companyLoader(async () => ({ onceKey: crypto.randomUUID() }));

export const action = companyAction(async ({ api, company, form }) => {
  const choice = readText(form, "goal");
  const own = readText(form, "own");
  const title = own || (choice === "own" ? "" : choice);
  if (title === "") throw new InvalidForm(invalidField(form, "own", "Write what the company is for."));
  await api.call("goals.create", {
    params: { cid: company.id },
    body: {
      title: title.slice(0, 200),
      level: "company",
      status: "active",
      idempotencyKey: readText(form, "idempotencyKey") || undefined,
    },
  });
  return redirect(`/${company.issuePrefix.toLowerCase()}/start/ceo`);
});

export default function StartGoals() {
  const { onceKey } = useLoaderData<typeof loader>();
  const { base, company } = useCompany();
  return (
    <Page
      title={`What is ${company.name} for?`}
      narrow
      calls="goals.create"
      actions={
        <ButtonLink to={base} kind="quiet">
          Skip
        </ButtonLink>
      }
    >
      <StartSteps at={0} />
      <Form intent="goal">
        <OnceKey value={onceKey} />
        <Radios label="Its first goal" name="goal" choices={suggestions} defaultValue={suggestions[0][0]} />
        <Input label="Or in your own words" name="own" maxLength={200} optional />
        <div className="form-actions">
          <Submit intent="goal">Next: its CEO</Submit>
        </div>
      </Form>
    </Page>
  );
}
