import { type MetaFunction, redirect } from "@remix-run/cloudflare";
import { useLoaderData, useSearchParams } from "@remix-run/react";
import { companyAction } from "../../forms/act.ts";
import { readRotation, readSecretChange } from "../../forms/secret-form.ts";
import { companyLoader } from "../../server/board.ts";
import { listAgents } from "../../server/companies.ts";
import { ButtonLink, Submit } from "../../ui/button.tsx";
import { ConfirmSheet } from "../../ui/confirm-sheet.tsx";
import { Form } from "../../ui/form.tsx";
import { Notice } from "../../ui/notice.tsx";
import { Page, Section } from "../../ui/page.tsx";
import { AccessEvents } from "../../ui/secrets/access-events.tsx";
import { RotateSheet } from "../../ui/secrets/rotate-sheet.tsx";
import { SecretFacts } from "../../ui/secrets/secret-facts.tsx";
import { SecretFields } from "../../ui/secrets/secret-fields.tsx";
import { SecretUses } from "../../ui/secrets/secret-uses.tsx";
import { SheetLink } from "../../ui/sheet.tsx";
import { useCompany } from "../../ui/use-company.ts";

export { shouldRevalidate } from "../../live/should-revalidate.ts";
export { PageError as ErrorBoundary } from "../../ui/page-error.tsx";
export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: `${data?.secret.name ?? "Secret"} · Boardroom` },
];

export const loader = companyLoader(async ({ api, context, company, params, url }) => {
  const of = { params: { id: params.secret ?? "" } };
  const cursor = url.searchParams.get("cursor") ?? undefined;
  const [secret, uses, events, agents, projects] = await Promise.all([
    api.call("secrets.get", of),
    api.call("secrets.usage", of),
    api.page("secrets.accessEvents", { ...of, query: { limit: 25, cursor } }),
    listAgents(context, company),
    api.call("projects.list", { params: { cid: company.id }, query: { limit: 100 } }),
  ]);
  return {
    secret,
    uses,
    events,
    agents: agents.map(({ id, name }) => ({ id, name })),
    projects: projects.map(({ id, name }) => ({ id, name })),
  };
});

export const action = companyAction(async ({ api, company, form, intent, params }) => {
  const of = { params: { id: params.secret ?? "" } };
  const list = `/${company.issuePrefix.toLowerCase()}/settings/secrets`;
  switch (intent) {
    case "rotate":
      await api.call("secrets.rotate", { ...of, body: readRotation(form) });
      break;
    case "disable":
      await api.call("secrets.update", { ...of, body: { status: "disabled" } });
      break;
    case "enable":
      await api.call("secrets.update", { ...of, body: { status: "active" } });
      break;
    case "delete":
      await api.call("secrets.delete", { ...of, query: { force: "true" } });
      return redirect(list);
    default:
      await api.call("secrets.update", { ...of, body: readSecretChange(form) });
  }
  return redirect(`${list}/${params.secret}?saved`);
});

export default function SecretPage() {
  const { secret, uses, events, agents, projects } = useLoaderData<typeof loader>();
  const { base } = useCompany();
  const [search] = useSearchParams();
  const isDisabled = secret.status === "disabled";
  return (
    <Page
      title={secret.name}
      back={`${base}/settings/secrets`}
      actions={<ButtonLink to={`${base}/activity?type=secret&id=${secret.id}`}>History</ButtonLink>}
      narrow
    >
      <div className="stack" data-wide>
        {search.has("saved") && <Notice tone="good">Saved.</Notice>}
        {isDisabled && <Notice tone="attention">Disabled: runs that need it don't start.</Notice>}
        <SecretFacts secret={secret} />
        <div className="form-actions">
          <SheetLink sheet="rotate" leadsTo="secrets.rotate" className="button" data-kind="primary">
            Give it a new value
          </SheetLink>
          {isDisabled ? (
            <Form intent="enable">
              <Submit intent="enable" kind="plain">
                Enable
              </Submit>
            </Form>
          ) : (
            <SheetLink sheet="disable" leadsTo="secrets.update" className="button">
              Disable
            </SheetLink>
          )}
        </div>
        <Section title="Used in">
          <SecretUses uses={uses} reference={secret.key} />
        </Section>
        <Section title="Given out">
          <AccessEvents events={events.items} nextCursor={events.nextCursor} />
        </Section>
        <Section title="Settings">
          <Form intent="save" preventScrollReset>
            <SecretFields secret={secret} agents={agents} projects={projects} />
            <div className="form-actions">
              <Submit intent="save">Save</Submit>
              <SheetLink sheet="delete" leadsTo="secrets.delete" className="button" data-kind="danger">
                Delete
              </SheetLink>
            </div>
          </Form>
        </Section>
      </div>
      <RotateSheet />
      <ConfirmSheet name="disable" title={`Disable ${secret.name}`} confirm="Disable it" danger={false}>
        <p>Runs that need it fail before they start, until you enable it again. Runs that have it keep it.</p>
      </ConfirmSheet>
      <ConfirmSheet name="delete" title={`Delete ${secret.name}`} confirm="Delete it and its value">
        <p>
          {secret.referenceCount === 0
            ? "Its value is destroyed and can't be brought back."
            : `Its value is destroyed and can't be brought back. Settings in ${secret.referenceCount} ${secret.referenceCount === 1 ? "place" : "places"} name it: runs there won't start until you change them.`}
        </p>
      </ConfirmSheet>
    </Page>
  );
}
