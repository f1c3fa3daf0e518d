import { useNavigate } from "@remix-run/react";
import { useEffect, useRef, useState } from "react";
import { useCompany } from "./use-company.ts";

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
  const [showsHelp, setShowsHelp] = useState(false);
  useEffect(() => {
    const never = Number.NEGATIVE_INFINITY;
    let goPressedAt = never;
    const press = (event: KeyboardEvent) => {
      if (
        event.metaKey ||
        event.ctrlKey ||
        event.altKey ||
        isTyping(event.target) ||
        document.querySelector("dialog:modal")
      )
        return;
      const isSequence = event.timeStamp - goPressedAt < sequenceMs;
      goPressedAt = event.key === "g" ? event.timeStamp : never;
      const place = places[event.key];
      if (isSequence && place !== undefined) navigate(base + place);
      else if (event.key === "c") navigate(`${base}/issues/new`);
      else if (event.key === "?") setShowsHelp(true);
      else if (event.key === "j" || event.key === "k") moveCursor(event.key === "j" ? 1 : -1);
      else return;
      event.preventDefault();
    };
    document.addEventListener("keydown", press);
    return () => document.removeEventListener("keydown", press);
  }, [base, navigate]);
  return showsHelp ? <Help close={() => setShowsHelp(false)} /> : null;
}

function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.closest("input, textarea, select, [contenteditable]") !== null;
}

/** Moves the focus along the rows of the page's lists; Enter then opens, as on any link. */
function moveCursor(step: 1 | -1): void {
  const rows = [...document.querySelectorAll<HTMLElement>("main .row-link")];
  const at = rows.indexOf(document.activeElement as HTMLElement);
  const next = at === -1 ? (step === 1 ? 0 : rows.length - 1) : at + step;
  rows[next]?.focus();
}

const keys = [
  [["c"], "Create an issue"],
  [["j", "k"], "Next and previous row"],
  [["Enter"], "Open the row"],
  [["g", "h"], "Go to Home"],
  [["g", "i"], "Go to Inbox"],
  [["g", "w"], "Go to Work"],
  [["g", "a"], "Go to Agents"],
  [["g", "r"], "Go to Routines"],
  [["g", "c"], "Go to Costs"],
  [["g", "o"], "Go to Org"],
  [["?"], "This list"],
] as const;

function Help({ close }: { close: () => void }) {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => dialog.current?.showModal(), []);
  return (
    <dialog ref={dialog} className="sheet" aria-labelledby="keys-title" onClose={close}>
      <header>
        <h2 id="keys-title">Keys</h2>
      </header>
      <dl className="keys">
        {keys.map(([combination, what]) => (
          <div key={what} className="key-line">
            <dt>
              {combination.map((key) => (
                <kbd key={key}>{key}</kbd>
              ))}
            </dt>
            <dd>{what}</dd>
          </div>
        ))}
      </dl>
    </dialog>
  );
}
