import type { TranscriptEntry } from "@boardroom/contract";
import Bot from "lucide-react/icons/bot";
import Brain from "lucide-react/icons/brain";
import CircleAlert from "lucide-react/icons/circle-alert";
import CornerDownRight from "lucide-react/icons/corner-down-right";
import Flag from "lucide-react/icons/flag";
import Terminal from "lucide-react/icons/terminal";
import Wrench from "lucide-react/icons/wrench";
import { memo, type ReactNode } from "react";
import { Marked } from "../marked.tsx";
import { ClockTime } from "../time.tsx";

type Kind = TranscriptEntry["kind"];

const looks: Record<Kind, { label: string; Icon: typeof Bot; folds: boolean }> = {
  assistant: { label: "Says", Icon: Bot, folds: false },
  thinking: { label: "Thinks", Icon: Brain, folds: true },
  tool_call: { label: "Calls", Icon: Wrench, folds: true },
  tool_result: { label: "Got", Icon: CornerDownRight, folds: true },
  system: { label: "System", Icon: Terminal, folds: false },
  result: { label: "Result", Icon: Flag, folds: false },
};

interface BlockProps {
  entry: TranscriptEntry;
  /** What is searched for, in lower case. */
  query: string;
}

/** One step of a run. What is long or seldom read is folded behind its first line. */
export const TranscriptBlock = memo(function TranscriptBlock({ entry, query }: BlockProps) {
  const { kind, name, input, text, isError } = entry;
  const { label, Icon, folds } = looks[kind];
  const body = kind === "tool_call" ? [text, laidOut(input)].filter(Boolean).join("\n") : text;
  const head = (
    <>
      {isError ? <CircleAlert size={16} aria-hidden="true" /> : <Icon size={16} aria-hidden="true" />}
      <span className="block-label">{isError ? "Failed" : label}</span>
      {name && (
        <code>
          <Marked text={name} query={query} />
        </code>
      )}
    </>
  );
  if (kind === "system") return <SystemLine entry={entry} query={query} />;
  return (
    <li className="block" data-kind={kind} data-error={isError || undefined}>
      {folds && body !== "" ? (
        <details>
          <summary>
            {head}
            <span className="block-gist clip">{gistOf(kind === "tool_call" ? (input ?? text) : text)}</span>
            <At entry={entry} />
          </summary>
          <Body isPre={kind !== "thinking"}>
            <Marked text={body} query={query} />
          </Body>
          <Cut entry={entry} />
        </details>
      ) : (
        <>
          <p className="block-head">
            {head}
            <At entry={entry} />
          </p>
          {body !== "" && (
            <Body isPre={false}>
              <Marked text={body} query={query} />
            </Body>
          )}
          <Cut entry={entry} />
        </>
      )}
    </li>
  );
});

/** What is neither said nor done: a line each, as in a log. */
function SystemLine({ entry, query }: BlockProps) {
  return (
    <li className="block" data-kind="system">
      <div className="block-head">
        <Terminal size={16} role="img" aria-label="System" />
        <pre className="block-line">
          <Marked text={entry.text} query={query} />
        </pre>
        <At entry={entry} />
      </div>
      <Cut entry={entry} />
    </li>
  );
}

function Body({ isPre, children }: { isPre: boolean; children: ReactNode }) {
  return isPre ? <pre className="block-body">{children}</pre> : <p className="block-body plain-text">{children}</p>;
}

function At({ entry: { at } }: { entry: TranscriptEntry }) {
  return at === null ? null : (
    <span className="push faint">
      <ClockTime at={at} />
    </span>
  );
}

/** Says that there is more than is shown. */
function Cut({ entry: { fullLength } }: { entry: TranscriptEntry }) {
  return fullLength === null ? null : (
    <p className="sub">Cut: {fullLength.toLocaleString("en-US")} characters in all. The raw log has the rest.</p>
  );
}

/** JSON with a line for each field; anything else as it is. */
function laidOut(input: string | null): string {
  if (input === null || !/^[[{]/.test(input)) return input ?? "";
  try {
    return JSON.stringify(JSON.parse(input), null, 2);
  } catch {
    return input;
  }
}

/** The first line with anything in it, short enough for one line. */
function gistOf(text: string): string {
  const line = text.trimStart().split("\n", 1)[0] ?? "";
  return line.length > 160 ? `${line.slice(0, 159)}…` : line;
}
