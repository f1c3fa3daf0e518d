import { Link } from "@remix-run/react";
import type { ReactNode } from "react";

/** What a list is for, and the one thing to do about it being empty. */
export function EmptyState({ children, action }: { children: ReactNode; action?: ReactNode }) {
  return (
    <div className="empty">
      <p>{children}</p>
      {action}
    </div>
  );
}

/** Rows in the height of what is being loaded. */
export function Skeleton({ rows = 6 }: { rows?: number }) {
  return (
    <div role="status" aria-label="Loading">
      {Array.from({ length: rows }, (_, row) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the rows are all the same
        <div className="skeleton" key={row} />
      ))}
    </div>
  );
}

/** The foot of a list: the way on, or that this was all. */
export function ListEnd({
  nextCursor,
  search,
  all,
}: {
  nextCursor: string | null;
  search: URLSearchParams;
  all: string;
}) {
  if (nextCursor === null) return <p className="list-end">{all}</p>;
  const next = new URLSearchParams(search);
  next.set("cursor", nextCursor);
  return (
    <p className="list-end">
      <Link className="button" to={`?${next}`} rel="next">
        Show older
      </Link>
    </p>
  );
}
