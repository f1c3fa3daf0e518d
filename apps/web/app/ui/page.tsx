import { Link } from "@remix-run/react";
import ChevronLeft from "lucide-react/icons/chevron-left";
import type { ReactNode } from "react";

interface PageProps {
  title: ReactNode;
  /** Where "back" leads; left out for the places of the bottom bar. */
  back?: string;
  backLabel?: string;
  actions?: ReactNode;
  /** Lists run from edge to edge. */
  flush?: boolean;
  narrow?: boolean;
  children: ReactNode;
}

export function Page({ title, back, backLabel = "Back", actions, flush, narrow, children }: PageProps) {
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
        {narrow ? <div className="narrow">{children}</div> : children}
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
