import { Link } from "@remix-run/react";
import { search } from "../nav-places.ts";
import { useCompany } from "../use-company.ts";

/** The way to search on a phone; a desktop has it in the rail. */
export function SearchLink() {
  const { base } = useCompany();
  const { to, Icon } = search;
  return (
    <Link to={base + to} className="button search-link" data-kind="quiet" data-icon aria-label="Search">
      <Icon size={20} aria-hidden="true" />
    </Link>
  );
}
