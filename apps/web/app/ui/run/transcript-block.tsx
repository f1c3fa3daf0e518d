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
  const body = kind === "tool_call" ? [text, input].filter(Boolean).join("\n") : text;
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
  return (
    <li className="block" data-kind={kind} data-error={isError || undefined}>
      {folds && body !== "" ? (
        <details>
          <summary>
            {head}
            <span className="block-gist clip">{gistOf(body)}</span>
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
            <Body isPre={kind === "system"}>
              <Marked text={body} query={query} />
            </Body>
          )}
          <Cut entry={entry} />
        </>
      )}
    </li>
  );
});

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

/** The first line with anything in it, short enough for one line. */
function gistOf(text: string): string {
  const line = text.trimStart().split("\n", 1)[0] ?? "";
  return line.length > 160 ? `${line.slice(0, 159)}…` : line;
}
