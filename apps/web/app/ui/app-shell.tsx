import { Link, useLocation } from "@remix-run/react";
import ChevronsUpDown from "lucide-react/icons/chevrons-up-down";
import Plus from "lucide-react/icons/plus";
import { type ReactNode, useEffect, useRef } from "react";
import { Avatar } from "./avatar.tsx";
import { home, inbox, more, type Place, phonePlaces, running, search, settings, work } from "./nav-places.ts";
import { useCompany } from "./use-company.ts";

/** The frame of a company's pages: a bar at the bottom of a phone, a rail at the left of a desktop. */
export function AppShell({ isReconnecting, children }: { isReconnecting: boolean; children: ReactNode }) {
  return (
    <div className="shell">
      <a href="#content" className="skip">
        Skip to content
      </a>
      <Rail isReconnecting={isReconnecting} />
      <main id="content" className="page" tabIndex={-1}>
        {isReconnecting && <p className="live-state phone-only">Reconnecting</p>}
        <StandStill />
        {children}
      </main>
      <nav className="bottom-bar" aria-label="Places">
        {phonePlaces.map((place) => (
          <PlaceLink key={place.to} place={place} iconSize={20} />
        ))}
      </nav>
    </div>
  );
}

/** Says when the whole company stands still. */
function StandStill() {
  const { company } = useCompany();
  if (company.status === "active") return null;
  return (
    <p className="strip" data-tone="attention">
      This company is {company.status}. Its agents don't run.
    </p>
  );
}

function Rail({ isReconnecting }: { isReconnecting: boolean }) {
  return (
    <nav className="rail" aria-label="Company">
      <CompanySwitcher />
      <Group places={[search, home, inbox]} />
      <Group title="Work" places={work} />
      <Group title="Company" places={running} />
      <div className="rail-foot">
        <p className="live-state" aria-live="polite">
          {isReconnecting ? "Reconnecting" : ""}
        </p>
        <Group places={[settings]} />
      </div>
    </nav>
  );
}

function Group({ title, places }: { title?: string; places: Place[] }) {
  return (
    <div className="rail-group">
      {title && <h2>{title}</h2>}
      {places.map((place) => (
        <PlaceLink key={place.to} place={place} iconSize={16} />
      ))}
    </div>
  );
}

function PlaceLink({ place, iconSize }: { place: Place; iconSize: number }) {
  const { base, badges } = useCompany();
  const { pathname } = useLocation();
  const { Icon } = place;
  const count = place.to === inbox.to ? badges.inbox : 0;
  return (
    <Link to={base + place.to} aria-current={isIn(pathname.slice(base.length), place) ? "page" : undefined}>
      <Icon size={iconSize} strokeWidth={1.75} aria-hidden="true" />
      {place.label}
      {count > 0 && (
        <span className="count">
          {count > 99 ? "99+" : count}
          <span className="visually-hidden"> to decide</span>
        </span>
      )}
    </Link>
  );
}

const underMore = [
  "/projects",
  "/goals",
  "/routines",
  "/runners",
  "/org",
  "/runs",
  "/costs",
  "/activity",
  "/settings",
  "/search",
];

function isIn(path: string, place: Place): boolean {
  if (place === home || place.to === "") return path === "" || path === "/";
  if (place === more) return path === "/more" || underMore.some((each) => path.startsWith(each));
  return path === place.to || path.startsWith(`${place.to}/`);
}

function CompanySwitcher() {
  const { company, companies } = useCompany();
  const menu = useRef<HTMLDetailsElement>(null);
  const { pathname } = useLocation();
  // biome-ignore lint/correctness/useExhaustiveDependencies: going anywhere closes the menu
  useEffect(() => {
    if (menu.current) menu.current.open = false;
  }, [pathname]);
  return (
    <details className="menu" ref={menu}>
      <summary>
        <Avatar name={company.name} />
        <span className="clip">{company.name}</span>
        <ChevronsUpDown size={14} aria-hidden="true" />
      </summary>
      <div>
        {companies.map((each) => (
          <Link key={each.base} to={each.base} aria-current={each.name === company.name ? "true" : undefined}>
            <Avatar name={each.name} />
            <span className="clip">{each.name}</span>
          </Link>
        ))}
        <Link to="/welcome">
          <Plus size={16} aria-hidden="true" />
          New company
        </Link>
      </div>
    </details>
  );
}
