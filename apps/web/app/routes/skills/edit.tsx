import { type MetaFunction, redirect } from "@remix-run/cloudflare";
import { useLoaderData } from "@remix-run/react";
import { companyAction } from "../../forms/act.ts";
import { readSkill } from "../../forms/skill-form.ts";
import { companyLoader } from "../../server/board.ts";
import { Submit } from "../../ui/button.tsx";
import { ConfirmSheet } from "../../ui/confirm-sheet.tsx";
import { Form } from "../../ui/form.tsx";
import { Page } from "../../ui/page.tsx";
import { SheetLink } from "../../ui/sheet.tsx";
import { SkillFields } from "../../ui/skill-fields.tsx";
import { useCompany } from "../../ui/use-company.ts";

export { shouldRevalidate } from "../../live/should-revalidate.ts";
export { PageError as ErrorBoundary } from "../../ui/page-error.tsx";
export const meta: MetaFunction<typeof loader> = ({ data }) => [{ title: `${data?.name ?? "Skill"} · Boardroom` }];

export const loader = companyLoader(({ api, company, params }) =>
  api.call("skills.get", { params: { cid: company.id, key: params.skill ?? "" } }),
);

export const action = companyAction(async ({ api, company, form, intent, params }) => {
  const of = { params: { cid: company.id, key: params.skill ?? "" } };
  if (intent === "delete") await api.call("skills.delete", of);
  else {
    const { files } = await api.call("skills.get", of);
    await api.call("skills.replace", { ...of, body: readSkill(form, files) });
  }
  return redirect(`/${company.issuePrefix.toLowerCase()}/settings/skills`);
});

export default function EditSkill() {
  const skill = useLoaderData<typeof loader>();
  const { base } = useCompany();
  return (
    <Page title={skill.name} back={`${base}/settings/skills`} narrow>
      <Form calls="skills.replace" isReadable intent="save">
        <SkillFields skill={skill} />
        <div className="form-actions">
          <Submit intent="save">Save</Submit>
          <SheetLink sheet="delete" leadsTo="skills.delete" className="button" data-kind="danger">
            Delete
          </SheetLink>
        </div>
      </Form>
      <ConfirmSheet name="delete" title={`Delete ${skill.name}`} confirm="Delete skill">
        <p>Runs that begin from now on don't get it any more.</p>
      </ConfirmSheet>
    </Page>
  );
}
