import { useLocation, useNavigation } from "@remix-run/react";
import { type ReactNode, useEffect, useState } from "react";
import { more, phonePlaces, running, settings, work } from "./nav-places.ts";
import { Page } from "./page.tsx";
import { Skeleton } from "./states.tsx";
import { useCompany } from "./use-company.ts";

const slowAfterMs = 300;
const places = [...phonePlaces.slice(0, 2), ...work, ...running, settings, more];

/** Shows the next page's frame when its data takes longer than a moment; until then the present page stays. */
export function SlowNavigation({ children }: { children: ReactNode }) {
  const { state, location } = useNavigation();
  const { pathname } = useLocation();
  const { base } = useCompany();
  const next = state === "loading" && location.pathname !== pathname ? location.pathname : undefined;
  const [slow, setSlow] = useState<string>();
  useEffect(() => {
    if (next === undefined) return setSlow(undefined);
    const timer = setTimeout(() => setSlow(next), slowAfterMs);
    return () => clearTimeout(timer);
  }, [next]);
  if (next === undefined || slow !== next || !next.startsWith(base)) return children;
  const path = next.slice(base.length);
  const place = places.find(({ to }) => (to === "" ? path === "" : path === to || path.startsWith(`${to}/`)));
  return (
    <Page title={place?.label ?? ""} flush>
      <Skeleton rows={8} />
    </Page>
  );
}
