import ArrowDown from "lucide-react/icons/arrow-down";
import ChevronDown from "lucide-react/icons/chevron-down";
import ChevronUp from "lucide-react/icons/chevron-up";
import { type KeyboardEvent, type RefObject, useEffect, useState } from "react";
import { Button } from "../button.tsx";

interface ToolsProps {
  list: RefObject<HTMLOListElement>;
  /** Of entries: grows as the run goes on. */
  count: number;
  query: string;
  /** What the list shows marked by now. */
  shownQuery: string;
  isLive: boolean;
  search: (typed: string) => void;
}

/** Search in the page, fold and unfold, and stay at the end of a run that goes on. */
export default function TranscriptTools({ list, count, query, shownQuery, isLive, search }: ToolsProps) {
  const { found, at, move } = useMatches(list, shownQuery, count);
  const press = (event: KeyboardEvent) => {
    if (event.key === "Enter") move(event.shiftKey ? -1 : 1);
    else if (event.key === "Escape") search("");
    else return;
    event.preventDefault();
  };
  return (
    <div className="transcript-tools">
      <input
        className="input"
        type="search"
        data-slash
        aria-label="Search the transcript"
        placeholder="Search"
        value={query}
        enterKeyHint="search"
        onChange={(event) => search(event.target.value)}
        onKeyDown={press}
      />
      {shownQuery !== "" && (
        <>
          <span className="sub tabular" role="status">
            {found === 0 ? "None" : `${at + 1} of ${found}`}
          </span>
          <Button kind="quiet" icon aria-label="Previous match" disabled={found === 0} onClick={() => move(-1)}>
            <ChevronUp size={16} aria-hidden="true" />
          </Button>
          <Button kind="quiet" icon aria-label="Next match" disabled={found === 0} onClick={() => move(1)}>
            <ChevronDown size={16} aria-hidden="true" />
          </Button>
        </>
      )}
      {shownQuery === "" && <FoldButton list={list} />}
      {isLive && <FollowButton list={list} count={count} />}
    </div>
  );
}

/** The marks in the list, and which one is looked at; going to one unfolds what it stands in. */
function useMatches(list: RefObject<HTMLOListElement>, query: string, count: number) {
  const [found, setFound] = useState(0);
  const [at, setAt] = useState(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the marks change with what is searched for and with the list
  useEffect(() => setFound(marksIn(list).length), [list, query, count]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another search begins at its first match
  useEffect(() => setAt(0), [query]);
  const move = (step: 1 | -1) => {
    const marks = marksIn(list);
    if (marks.length === 0) return;
    const isShown = marks.some((mark) => "current" in mark.dataset);
    const next = isShown ? (at + step + marks.length) % marks.length : at % marks.length;
    for (const mark of marks) delete mark.dataset.current;
    const mark = marks[next];
    if (!mark) return;
    mark.dataset.current = "";
    mark.closest("details")?.setAttribute("open", "");
    mark.scrollIntoView({ block: "center" });
    setAt(next);
  };
  return { found, at, move };
}

function marksIn(list: RefObject<HTMLOListElement>): HTMLElement[] {
  return [...(list.current?.querySelectorAll("mark") ?? [])];
}

function FoldButton({ list }: { list: RefObject<HTMLOListElement> }) {
  const [isOpen, setOpen] = useState(false);
  const toggle = () => {
    for (const each of list.current?.querySelectorAll("details") ?? []) each.open = !isOpen;
    setOpen(!isOpen);
  };
  return (
    <Button kind="quiet" onClick={toggle}>
      {isOpen ? "Fold all" : "Unfold all"}
    </Button>
  );
}

const nearPx = 160;

/** Stays at the end while the run goes on, until the reader scrolls away. */
function FollowButton({ list, count }: { list: RefObject<HTMLOListElement>; count: number }) {
  const [follows, setFollows] = useState(false);
  // biome-ignore lint/correctness/useExhaustiveDependencies: each new entry moves the end
  useEffect(() => {
    if (follows) list.current?.lastElementChild?.scrollIntoView({ block: "end" });
  }, [follows, count, list]);
  useEffect(() => {
    const look = () => {
      const end = list.current?.getBoundingClientRect().bottom ?? 0;
      if (end > window.innerHeight + nearPx) setFollows(false);
    };
    window.addEventListener("wheel", look, { passive: true });
    window.addEventListener("touchmove", look, { passive: true });
    return () => {
      window.removeEventListener("wheel", look);
      window.removeEventListener("touchmove", look);
    };
  }, [list]);
  return (
    <Button kind="quiet" aria-pressed={follows} onClick={() => setFollows(!follows)}>
      <ArrowDown size={16} aria-hidden="true" />
      Follow
    </Button>
  );
}
