import { operations } from "@boardroom/contract";
import { type MetaFunction, redirect } from "@remix-run/cloudflare";
import { useLoaderData } from "@remix-run/react";
import { companyAction, InvalidForm, parseForm } from "../forms/act.ts";
import { invalidField } from "../forms/failure.ts";
import { readKeyDraft } from "../forms/key-form.ts";
import { readChecked, readInteger, readLines, readMegabytes, readMoney, readText } from "../forms/read.ts";
import { useResult } from "../forms/use-result.ts";
import type { MadeSecret } from "../server/agent-actions.ts";
import { authFailure, callAuth, readVisitor } from "../server/auth.ts";
import { type CompanyActionArgs, companyLoader } from "../server/board.ts";
import { readTheme } from "../server/theme.ts";
import { CopyOnce } from "../ui/copy-once.tsx";
import { KeyList, NewKeyForm } from "../ui/key-list.tsx";
import { May } from "../ui/may.tsx";
import { Notice } from "../ui/notice.tsx";
import { Page, Section } from "../ui/page.tsx";
import {
  AccountSection,
  ArchiveSection,
  BudgetForm,
  CompanyForm,
  SettingsRow,
  ThemeForm,
} from "../ui/settings-sections.tsx";
import { useCompany } from "../ui/use-company.ts";

export { shouldRevalidate } from "../live/should-revalidate.ts";
export { PageError as ErrorBoundary } from "../ui/page-error.tsx";
export const meta: MetaFunction = () => [{ title: "Settings · Boardroom" }];

export const loader = companyLoader(async ({ api, context, request, url }) => {
  const [keys, visitor] = await Promise.all([
    api.call("boardKeys.list", { query: { limit: 100 } }),
    readVisitor(context, request),
  ]);
  return {
    keys,
    visitor,
    theme: readTheme(request),
    isSaved: url.searchParams.has("saved"),
    onceKey: crypto.randomUUID(),
  };
});

export const action = companyAction(async (args) => {
  const { api, company, form, intent } = args;
  const base = `/${company.issuePrefix.toLowerCase()}/settings`;
  switch (intent) {
    case "create-key":
      return createKey(args);
    case "revoke-key":
      await api.call("boardKeys.revoke", { params: { id: readText(form, "keyId") } });
      return redirect(base);
    case "archive":
      if (readText(form, "confirmation") !== company.name) {
        throw new InvalidForm(invalidField(form, "confirmation", `Write ${company.name} to confirm.`));
      }
      await api.call("companies.archive", { params: { cid: company.id } });
      return redirect("/");
    case "verify":
      return sendVerification(args);
    case "budget":
      await api.call("budgets.setCompany", {
        params: { cid: company.id },
        body: { budgetMonthlyCents: readMoney(form, "budgetMonthlyCents") },
      });
      return redirect(`${base}?saved`);
    default:
      await saveCompany(args);
      return redirect(`${base}?saved`);
  }
});

async function sendVerification({ context, request, form }: CompanyActionArgs) {
  const visitor = await readVisitor(context, request);
  if (!visitor) return redirect("/sign-in");
  const answer = await callAuth(context, request, "/send-verification-email", {
    email: visitor.email,
    callbackURL: "/verify-email",
  });
  if (!answer.ok) return authFailure(form, answer);
  return { sentTo: visitor.email };
}

async function saveCompany({ api, company, form }: CompanyActionArgs): Promise<void> {
  const change = {
    name: readText(form, "name"),
    description: readLines(form, "description"),
    requireBoardApprovalForNewAgents: readChecked(form, "requireBoardApprovalForNewAgents"),
    maxConcurrentRuns: readText(form, "maxConcurrentRuns") === "" ? null : readInteger(form, "maxConcurrentRuns"),
    attachmentMaxBytes: readMegabytes(form, "attachmentMaxBytes"),
  };
  const body = parseForm(operations["companies.update"].body, change, form);
  await api.call("companies.update", { params: { cid: company.id }, body });
}

async function createKey({ api, form }: CompanyActionArgs): Promise<MadeSecret | null> {
  const { name, token } = await api.call("boardKeys.create", {
    body: parseForm(operations["boardKeys.create"].body, readKeyDraft(form), form),
  });
  const hint = "Programs send it as a bearer token to act for you.";
  return token === null ? null : { secret: { title: `Key ${name}`, value: token, hint } };
}

export default function Settings() {
  const { keys, visitor, theme, isSaved, onceKey } = useLoaderData<typeof loader>();
  const { base, company } = useCompany();
  const result = useResult<MadeSecret | { sentTo: string } | null>();
  return (
    <Page title="Settings" narrow>
      <div className="stack" data-wide>
        {result && "sentTo" in result && <Notice tone="good">The link is on its way to {result.sentTo}.</Notice>}
        {isSaved && !result && <Notice tone="good">Saved.</Notice>}
        <Section title="Company">
          <CompanyForm company={company} />
        </Section>
        <div id="budget">
          <Section title="Budget">
            <BudgetForm company={company} />
          </Section>
        </div>
        <Section title="People">
          <div className="list bordered">
            <SettingsRow to={`${base}/settings/members`} label="Members" hint="Who sits on the board, invites, roles" />
          </div>
        </Section>
        <Section title="Work">
          <div className="list bordered">
            <SettingsRow to={`${base}/settings/labels`} label="Labels" hint="What issues have in common" />
          </div>
        </Section>
        <Section title="Decisions">
          <div className="list bordered">
            <SettingsRow to={`${base}/settings/decisions`} label="Who decides" hint="Votes, time to undo, escalation" />
            <SettingsRow
              to={`${base}/settings/notifications`}
              label="Notifications"
              hint="How you hear of what waits for you"
            />
          </div>
        </Section>
        <Section title="Agents on your machines">
          <div className="list bordered">
            <SettingsRow to={`${base}/settings/tool-rules`} label="Tool rules" hint="What they may do without asking" />
            <SettingsRow to={`${base}/settings/skills`} label="Skills" hint="What they are taught" />
            <SettingsRow to={`${base}/runners`} label="Runners" hint="The machines themselves" />
          </div>
        </Section>
        <Section title="Secrets and audit">
          <div className="list bordered">
            <SettingsRow
              to={`${base}/settings/secrets`}
              label="Secrets"
              hint="What agents work with and nobody reads"
            />
            <SettingsRow to={`${base}/settings/audit`} label="Audit" hint="Proof that the log was not rewritten" />
          </div>
        </Section>
        <May call="webhookEndpoints.list">
          <Section title="Other programs">
            <div className="list bordered">
              <SettingsRow to={`${base}/settings/webhooks`} label="Webhooks" hint="Who is told what happens here" />
            </div>
          </Section>
        </May>
        <Section title="Your keys">
          <div className="stack">
            {result && "secret" in result && (
              <CopyOnce title={result.secret.title} secret={result.secret.value} hint={result.secret.hint} />
            )}
            <KeyList
              keys={keys}
              revokes="boardKeys.revoke"
              empty="You have no key. A key lets a program act for you in all your companies."
            />
            <NewKeyForm onceKey={onceKey} hint="Shown once, right after it is made." />
          </div>
        </Section>
        <Section title="Theme">
          <ThemeForm theme={theme} />
        </Section>
        <Section title="Account">
          <div className="stack">
            <div className="list bordered">
              <SettingsRow
                to={`/second-factor?next=${base}/settings`}
                label="Second factor"
                hint={visitor?.hasSecondFactor ? "On: signing in asks for a code" : "Off: the password is enough"}
              />
            </div>
            <AccountSection visitor={visitor} />
          </div>
        </Section>
        {company.status !== "archived" && (
          <May call="companies.archive">
            <Section title="Archive">
              <ArchiveSection name={company.name} />
            </Section>
          </May>
        )}
      </div>
    </Page>
  );
}
