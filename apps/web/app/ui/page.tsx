import type { OperationId } from "@boardroom/contract";
import { Link } from "@remix-run/react";
import ChevronLeft from "lucide-react/icons/chevron-left";
import type { ReactNode } from "react";
import { othersDo } from "../format/other-roles.ts";
import { useNeededRole } from "./may.tsx";
import { EmptyState } from "./states.tsx";

interface PageProps {
  title: ReactNode;
  /** Where "back" leads; left out for the places of the bottom bar. */
  back?: string;
  backLabel?: string;
  actions?: ReactNode;
  /** Lists run from edge to edge. */
  flush?: boolean;
  narrow?: boolean;
  /** What the page is for. Whoever may not call it reads who may in place of the form. */
  calls?: OperationId;
  children: ReactNode;
}

export function Page({ title, back, backLabel = "Back", actions, flush, narrow, calls, children }: PageProps) {
  const neededFor = useNeededRole();
  const role = calls && neededFor(calls);
  const body = role ? <EmptyState>{othersDo(role)}</EmptyState> : children;
  return (
    <>
      <header className="page-header">
        {back && (
          <Link to={back} className="back" aria-label={backLabel}>
            <ChevronLeft size={20} aria-hidden="true" />
          </Link>
        )}
        <h1>{title}</h1>
        {actions && <div className="page-actions">{actions}</div>}
      </header>
      <div className="page-body" data-flush={flush || undefined}>
        {narrow ? <div className="narrow">{body}</div> : body}
      </div>
    </>
  );
}

export function Section({ title, aside, children }: { title: string; aside?: ReactNode; children: ReactNode }) {
  return (
    <section className="section" aria-label={title}>
      <header>
        <h2>{title}</h2>
        {aside}
      </header>
      {children}
    </section>
  );
}
