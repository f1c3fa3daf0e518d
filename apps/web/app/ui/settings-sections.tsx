import type { Company } from "@boardroom/contract";
import { Link, Form as PlainForm, useLocation } from "@remix-run/react";
import ChevronRight from "lucide-react/icons/chevron-right";
import { moneyInputValue } from "../format/money.ts";
import type { Visitor } from "../server/auth.ts";
import type { Theme } from "../server/theme.ts";
import { Button, Submit } from "./button.tsx";
import { Checkbox, Input, Textarea } from "./field.tsx";
import { Form } from "./form.tsx";

export function CompanyForm({ company }: { company: Company }) {
  return (
    <Form calls="companies.update" isReadable intent="company" preventScrollReset>
      <Input label="Name" name="name" defaultValue={company.name} maxLength={120} required />
      <Textarea label="Description" name="description" rows={3} defaultValue={company.description ?? ""} optional />
      <Checkbox
        label="New agents need my approval"
        name="requireBoardApprovalForNewAgents"
        defaultChecked={company.requireBoardApprovalForNewAgents}
        hint="What agents propose waits in the inbox until you decide."
      />
      <Input
        label="Runs at a time"
        name="maxConcurrentRuns"
        type="number"
        min={1}
        max={1000}
        defaultValue={company.maxConcurrentRuns ?? ""}
        inputMode="numeric"
        hint="Of all its agents together; more wait their turn. Empty means no limit."
      />
      <Input
        label="Largest attachment in MB"
        name="attachmentMaxBytes"
        type="number"
        min={0}
        max={2000}
        step="any"
        defaultValue={company.attachmentMaxBytes / 1e6}
        inputMode="decimal"
        hint="Of files on issues, up to 2000. Those that are there stay."
        required
      />
      <div className="form-actions">
        <Submit intent="company">Save</Submit>
      </div>
    </Form>
  );
}

export function BudgetForm({ company }: { company: Company }) {
  return (
    <Form calls="budgets.setCompany" isReadable intent="budget" preventScrollReset>
      <Input
        label="Monthly budget of the company"
        name="budgetMonthlyCents"
        affix="$"
        inputMode="decimal"
        defaultValue={moneyInputValue(company.budgetMonthlyCents)}
        hint="Over all agents, by calendar month in UTC. Empty means no limit, 0 means nothing may be spent."
      />
      <div className="form-actions">
        <Submit intent="budget">Save budget</Submit>
      </div>
    </Form>
  );
}

const themeNames: Record<Theme, string> = { system: "Like the system", light: "Light", dark: "Dark" };

export function ThemeForm({ theme }: { theme: Theme }) {
  const { pathname } = useLocation();
  return (
    <PlainForm method="post" action="/theme" className="line" preventScrollReset>
      <input type="hidden" name="back" value={pathname} />
      {(["system", "light", "dark"] as const).map((each) => (
        <Button key={each} type="submit" name="theme" value={each} aria-pressed={each === theme}>
          {themeNames[each]}
        </Button>
      ))}
    </PlainForm>
  );
}

export function AccountSection({ visitor }: { visitor: Visitor | null }) {
  return (
    <div className="stack" data-tight>
      {visitor && (
        <p>
          {visitor.name} <span className="faint">{visitor.email}</span>
        </p>
      )}
      {visitor && !visitor.emailVerified && (
        <Form intent="verify" className="line" preventScrollReset>
          <span className="muted">Your address is not confirmed yet.</span>
          <Submit intent="verify" kind="plain">
            Send the link again
          </Submit>
        </Form>
      )}
      <PlainForm method="post" action="/sign-out" className="line">
        <Button type="submit">Sign out</Button>
        <Button type="submit" name="everywhere" value="yes">
          Sign out everywhere
        </Button>
      </PlainForm>
    </div>
  );
}

export function ArchiveSection({ name }: { name: string }) {
  return (
    <Form intent="archive" preventScrollReset>
      <p className="muted">Its agents stop and nobody can add work. Nothing is deleted.</p>
      <Input label={`Write ${name} to confirm`} name="confirmation" autoComplete="off" required />
      <div className="form-actions">
        <Submit intent="archive" kind="danger">
          Archive company
        </Submit>
      </div>
    </Form>
  );
}

/** The way to settings that have a page of their own. */
export function SettingsRow({ to, label, hint }: { to: string; label: string; hint: string }) {
  return (
    <div className="row" data-tall>
      <div className="row-text">
        <Link to={to} className="row-link">
          {label}
        </Link>
        <small>{hint}</small>
      </div>
      <ChevronRight size={16} className="faint" aria-hidden="true" />
    </div>
  );
}
