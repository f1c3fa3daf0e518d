import { useFetcher, useLocation, useNavigate } from "@remix-run/react";
import { type KeyboardEvent, type ReactNode, useEffect, useRef, useState } from "react";
import { kindOfHit, pathOfHit } from "../../format/search-hit.ts";
import type { loader as searchLoader } from "../../routes/search.tsx";
import { useMay } from "../may.tsx";
import { MarkedPieces } from "../search/marked-pieces.tsx";
import { useCompany } from "../use-company.ts";
import { commandsOf, findCommands } from "./commands.ts";

interface Choice {
  id: string;
  to: string;
  text: ReactNode;
  aside?: string;
}

interface Group {
  title: string;
  choices: Choice[];
}

const typingMs = 150;
const mostHits = 8;

/** Search, go and do from the keyboard: type, choose with the arrows, Enter. */
export default function Palette({ close }: { close: () => void }) {
  const { base } = useCompany();
  const { pathname } = useLocation();
  const navigate = useNavigate();
  const dialog = useRef<HTMLDialogElement>(null);
  const [typed, setTyped] = useState("");
  const [at, setAt] = useState(0);
  const { hits, isSearching } = useHits(typed, base);
  const may = useMay();
  const commands = commandsOf(pathname.slice(base.length)).filter(({ calls }) => !calls || may(calls));
  const groups = groupsOf(typed, findCommands(commands, typed), hits);
  const choices = groups.flatMap((group) => group.choices);
  const active = choices[Math.min(at, choices.length - 1)];

  useEffect(() => dialog.current?.showModal(), []);
  useEffect(() => {
    if (active) document.getElementById(active.id)?.scrollIntoView({ block: "nearest" });
  }, [active]);

  const open = ({ to }: Choice) => {
    dialog.current?.close();
    navigate(to.startsWith("?") ? to : base + to);
  };
  const press = (event: KeyboardEvent) => {
    const last = choices.length - 1;
    if (event.key === "ArrowDown") setAt(at >= last ? 0 : at + 1);
    else if (event.key === "ArrowUp") setAt(at <= 0 ? last : at - 1);
    else if (event.key === "Enter" && active && !event.nativeEvent.isComposing) open(active);
    else return;
    event.preventDefault();
  };
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: Escape closes a modal dialog by itself
    <dialog
      ref={dialog}
      className="sheet palette"
      aria-label="Commands"
      onClose={close}
      onClick={(event) => event.target === dialog.current && dialog.current.close()}
    >
      <input
        className="input"
        type="text"
        role="combobox"
        aria-label="Search, go to or do"
        aria-expanded="true"
        aria-controls="palette-list"
        aria-activedescendant={active?.id}
        aria-autocomplete="list"
        placeholder="Search, go to or do"
        autoComplete="off"
        spellCheck={false}
        value={typed}
        onChange={(event) => {
          setTyped(event.target.value);
          setAt(0);
        }}
        onKeyDown={press}
      />
      <div id="palette-list" role="listbox" aria-label="Commands and results">
        {groups.map((group) => (
          // biome-ignore lint/a11y/useSemanticElements: groups of a listbox are no fieldsets
          <div key={group.title} role="group" aria-label={group.title}>
            <p aria-hidden="true">{group.title}</p>
            {group.choices.map((choice) => (
              <Option key={choice.id} choice={choice} isActive={choice === active} onOpen={open} />
            ))}
          </div>
        ))}
      </div>
      <p className="palette-state" role="status">
        {isSearching
          ? "Searching"
          : typed.trim() !== "" && hits.length === 0
            ? "Nothing of the company has these words."
            : ""}
      </p>
    </dialog>
  );
}

function Option({ choice, isActive, onOpen }: { choice: Choice; isActive: boolean; onOpen: (choice: Choice) => void }) {
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the field has the focus and takes the keys
    // biome-ignore lint/a11y/useFocusableInteractive: the field names it as its active descendant
    <div id={choice.id} role="option" aria-selected={isActive} onClick={() => onOpen(choice)}>
      <span className="clip">{choice.text}</span>
      {choice.aside && <span className="faint">{choice.aside}</span>}
    </div>
  );
}

type Hits = Awaited<ReturnType<typeof searchLoader>>["hits"];

/** What the company has for the words, a moment after typing stops. */
function useHits(typed: string, base: string): { hits: Hits; isSearching: boolean } {
  const { load, data, state } = useFetcher<typeof searchLoader>();
  const q = typed.trim();
  useEffect(() => {
    if (q === "") return;
    const timer = setTimeout(() => load(`${base}/search?q=${encodeURIComponent(q)}`), typingMs);
    return () => clearTimeout(timer);
  }, [q, base, load]);
  const isFresh = data !== undefined && data.q === q;
  return { hits: isFresh ? data.hits.slice(0, mostHits) : [], isSearching: q !== "" && (!isFresh || state !== "idle") };
}

function groupsOf(typed: string, commands: ReturnType<typeof findCommands>, hits: Hits): Group[] {
  const q = typed.trim();
  const listed = (title: string, some: typeof commands): Group => ({
    title,
    choices: some.map(({ label, to }) => ({ id: `palette-${to}`, to, text: label })),
  });
  // Once something is typed, what fits best stands first, whatever it is.
  if (q === "")
    return (["Do", "Go to"] as const).map((title) =>
      listed(
        title,
        commands.filter(({ group }) => group === title),
      ),
    );
  const found: Group = {
    title: "Found",
    choices: [
      ...hits.map((hit) => ({
        id: `palette-${hit.entityId}`,
        to: pathOfHit(hit),
        text: <MarkedPieces pieces={hit.title} />,
        aside: kindOfHit(hit),
      })),
      { id: "palette-search", to: `/search?q=${encodeURIComponent(q)}`, text: `Search everything for “${q}”` },
    ],
  };
  return [listed("Commands", commands), found].filter(({ choices }) => choices.length > 0);
}
