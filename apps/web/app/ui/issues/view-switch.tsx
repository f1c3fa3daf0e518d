import { Link, useSearchParams } from "@remix-run/react";
import Rows from "lucide-react/icons/list";
import Kanban from "lucide-react/icons/square-kanban";

/** List or board, of the same filters. */
export function ViewSwitch({ isBoard }: { isBoard: boolean }) {
  const [search] = useSearchParams();
  const to = (view: string | null) => {
    const next = new URLSearchParams(search);
    for (const name of ["view", "cursor", "show", "select", "sheet"]) next.delete(name);
    if (view) {
      next.set("view", view);
      next.delete("status");
    }
    return `?${next}`;
  };
  return (
    <nav className="view-switch" aria-label="View">
      <Link to={to(null)} aria-label="List" title="List" aria-current={isBoard ? undefined : "page"}>
        <Rows size={16} aria-hidden="true" />
      </Link>
      <Link to={to("board")} aria-label="Board" title="Board" aria-current={isBoard ? "page" : undefined}>
        <Kanban size={16} aria-hidden="true" />
      </Link>
    </nav>
  );
}
