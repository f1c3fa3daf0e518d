import { operations } from "@boardroom/contract";
import type { MetaFunction } from "@remix-run/cloudflare";
import { redirect } from "@remix-run/cloudflare";
import { useLoaderData } from "@remix-run/react";
import { companyAction, InvalidForm, parseForm } from "../../forms/act.ts";
import { invalidField } from "../../forms/failure.ts";
import { readOptional, readText } from "../../forms/read.ts";
import { isFailure, useResult } from "../../forms/use-result.ts";
import { companyLoader } from "../../server/board.ts";
import type { MadeLink } from "../../server/member-actions.ts";
import { Submit } from "../../ui/button.tsx";
import { CopyOnce } from "../../ui/copy-once.tsx";
import { Input, Radios, Select } from "../../ui/field.tsx";
import { Form, OnceKey } from "../../ui/form.tsx";
import { roleOptions } from "../../ui/members/roles.ts";
import { Page } from "../../ui/page.tsx";
import { useCompany } from "../../ui/use-company.ts";

export { PageError as ErrorBoundary } from "../../ui/page-error.tsx";
export const meta: MetaFunction = () => [{ title: "Invite · Boardroom" }];

export const loader = companyLoader(async () => ({ onceKey: crypto.randomUUID() }));

export const action = companyAction(async ({ api, company, form }) => {
  const way = readText(form, "way");
  const email = way === "email" ? readOptional(form, "email") : null;
  if (way === "email" && !email) throw new InvalidForm(invalidField(form, "email", "Write whom you invite."));
  const draft = {
    email,
    role: readText(form, "role"),
    isOpen: way === "open",
    idempotencyKey: readText(form, "idempotencyKey") || undefined,
  };
  const body = parseForm(operations["invites.create"].body, draft, form);
  const { link } = await api.call("invites.create", { params: { cid: company.id }, body });
  if (email || link === null) return redirect(`/${company.issuePrefix.toLowerCase()}/settings/members?sent`);
  return { link };
});

export default function NewInvite() {
  const { onceKey } = useLoaderData<typeof loader>();
  const { base, company } = useCompany();
  const result = useResult<MadeLink>();
  return (
    <Page title={`Invite to ${company.name}`} back={`${base}/settings/members`} narrow calls="invites.create">
      {result && !isFailure(result) ? (
        <CopyOnce title="Link" secret={result.link} hint="Send it to whom it is for." />
      ) : (
        <Form intent="invite">
          <OnceKey value={onceKey} />
          <Radios
            label="How"
            name="way"
            defaultValue="email"
            choices={[
              ["email", "By mail", "To one address; good for three days, once."],
              ["link", "By a link", "You pass it on; whoever opens it first is in. Good for three days."],
              ["open", "By an open link", "Many may open it for thirty days; you say yes to each."],
            ]}
          />
          <div data-only="email">
            <Input label="E-mail" name="email" type="email" autoComplete="off" />
          </div>
          <Select label="Role" name="role" options={roleOptions} defaultValue="operator" />
          <div className="form-actions">
            <Submit intent="invite">Invite</Submit>
          </div>
        </Form>
      )}
    </Page>
  );
}
