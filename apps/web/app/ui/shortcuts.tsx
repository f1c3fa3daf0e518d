import { useNavigate } from "@remix-run/react";
import { lazy, Suspense, useEffect, useState } from "react";
import { useMay } from "./may.tsx";
import { useCompany } from "./use-company.ts";

/** Loaded when they are opened for the first time. */
const dialogs = { palette: lazy(() => import("./palette/palette.tsx")), help: lazy(() => import("./keys-help.tsx")) };

const places: Record<string, string> = {
  h: "",
  i: "/inbox",
  w: "/issues",
  a: "/agents",
  r: "/routines",
  c: "/costs",
  o: "/org",
};
const sequenceMs = 1200;

/** Keys of the board: one listener for the page; typing in a field never triggers any. */
export function Shortcuts() {
  const { base } = useCompany();
  const navigate = useNavigate();
  const mayCreate = useMay()("issues.create");
  const [shown, setShown] = useState<keyof typeof dialogs | null>(null);
  useEffect(() => {
    const never = Number.NEGATIVE_INFINITY;
    let goPressedAt = never;
    const press = (event: KeyboardEvent) => {
      if (document.querySelector("dialog:modal")) return;
      if (event.key === "k" && (event.metaKey || event.ctrlKey) && !event.altKey) {
        setShown("palette");
        return event.preventDefault();
      }
      if (event.metaKey || event.ctrlKey || event.altKey || isTyping(event.target)) return;
      const isSequence = event.timeStamp - goPressedAt < sequenceMs;
      goPressedAt = event.key === "g" ? event.timeStamp : never;
      const place = places[event.key];
      if (isSequence && place !== undefined) navigate(base + place);
      else if (event.key === "/") focusSearch() || navigate(`${base}/search`);
      else if (event.key === "c" && mayCreate) navigate(`${base}/issues/new`);
      else if (event.key === "?") setShown("help");
      else if (event.key === "j" || event.key === "k") moveCursor(event.key === "j" ? 1 : -1);
      else return;
      event.preventDefault();
    };
    document.addEventListener("keydown", press);
    return () => document.removeEventListener("keydown", press);
  }, [base, navigate, mayCreate]);
  const Dialog = shown && dialogs[shown];
  return (
    Dialog && (
      <Suspense>
        <Dialog close={() => setShown(null)} />
      </Suspense>
    )
  );
}

function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.closest("input, textarea, select, [contenteditable]") !== null;
}

/** Whether this page has a search of its own: of the company, or of what it shows. */
function focusSearch(): boolean {
  const field = document.querySelector<HTMLElement>("#search-field, [data-slash]");
  field?.focus();
  return field !== null;
}

/** Moves the focus along the rows of the page's lists; Enter then opens, as on any link. */
function moveCursor(step: 1 | -1): void {
  const rows = [...document.querySelectorAll<HTMLElement>("main .row-link, main .card-title")];
  const at = rows.indexOf(document.activeElement as HTMLElement);
  const next = at === -1 ? (step === 1 ? 0 : rows.length - 1) : at + step;
  rows[next]?.focus();
}
