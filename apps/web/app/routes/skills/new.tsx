import { type MetaFunction, redirect } from "@remix-run/cloudflare";
import { useLoaderData } from "@remix-run/react";
import { companyAction } from "../../forms/act.ts";
import { readNewSkill } from "../../forms/skill-form.ts";
import { Submit } from "../../ui/button.tsx";
import { Form, OnceKey } from "../../ui/form.tsx";
import { Page } from "../../ui/page.tsx";
import { SkillFields } from "../../ui/skill-fields.tsx";
import { useCompany } from "../../ui/use-company.ts";

export { shouldRevalidate } from "../../live/should-revalidate.ts";
export { PageError as ErrorBoundary } from "../../ui/page-error.tsx";
export const meta: MetaFunction = () => [{ title: "New skill · Boardroom" }];

export const loader = () => ({ onceKey: crypto.randomUUID() });

export const action = companyAction(async ({ api, company, form }) => {
  await api.call("skills.create", { params: { cid: company.id }, body: readNewSkill(form) });
  return redirect(`/${company.issuePrefix.toLowerCase()}/settings/skills`);
});

export default function NewSkill() {
  const { onceKey } = useLoaderData<typeof loader>();
  const { base } = useCompany();
  return (
    <Page title="New skill" back={`${base}/settings/skills`} narrow calls="skills.create">
      <Form intent="create">
        <OnceKey value={onceKey} />
        <SkillFields />
        <div className="form-actions">
          <Submit intent="create">Save skill</Submit>
        </div>
      </Form>
    </Page>
  );
}
