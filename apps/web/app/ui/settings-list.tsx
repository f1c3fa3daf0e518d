import type { OperationId } from "@boardroom/contract";
import { Link, useSearchParams } from "@remix-run/react";
import Plus from "lucide-react/icons/plus";
import type { ReactNode } from "react";
import { ButtonLink } from "./button.tsx";
import { Page } from "./page.tsx";
import { EmptyState, ListEnd } from "./states.tsx";
import { useCompany } from "./use-company.ts";

interface SettingsListProps {
  title: string;
  /** The page's place below the settings; making one is `new` there. */
  place: string;
  creates: OperationId;
  /** On the button beside a list, and on the one of an empty page. */
  add: readonly [more: string, first: string];
  /** What they are for, where there are none. */
  empty: ReactNode;
  /** `SettingsListRow`s. */
  rows: ReactNode[];
  nextCursor: string | null;
}

/** A list of things that a company has set up, and the way to one more. */
export function SettingsList({ title, place, creates, add, empty, rows, nextCursor }: SettingsListProps) {
  const { base } = useCompany();
  const [search] = useSearchParams();
  const to = `${base}/settings/${place}/new`;
  const [more, first] = add;
  return (
    <Page
      title={title}
      back={`${base}/settings`}
      flush
      actions={
        rows.length > 0 && (
          <ButtonLink to={to} leadsTo={creates}>
            <Plus size={16} aria-hidden="true" />
            {more}
          </ButtonLink>
        )
      }
    >
      {rows.length === 0 ? (
        <EmptyState
          action={
            <ButtonLink to={to} leadsTo={creates} kind="primary">
              {first}
            </ButtonLink>
          }
        >
          {empty}
        </EmptyState>
      ) : (
        <div className="list">{rows}</div>
      )}
      {nextCursor && <ListEnd nextCursor={nextCursor} search={search} all="" />}
    </Page>
  );
}

interface SettingsListRowProps {
  to: string;
  name: string;
  hint: ReactNode;
  /** A tag, where something is to be said. */
  tag?: ReactNode;
  /** When something last happened to it. */
  when: ReactNode;
}

export function SettingsListRow({ to, name, hint, tag, when }: SettingsListRowProps) {
  return (
    <div className="row" data-tall>
      <div className="row-text">
        <Link to={to} className="row-link">
          {name}
        </Link>
        <small>{hint}</small>
      </div>
      <div className="meta">
        {tag}
        <span className="wide-only">{when}</span>
      </div>
    </div>
  );
}
