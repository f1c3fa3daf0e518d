import { showHidden } from "../format/show-hidden.ts";

const longChars = 320;
const longLines = 6;

/** A command or a file as it is, nothing interpreted and nothing hidden; what is long unfolds. */
export function Verbatim({ text: given, label }: { text: string; label: string }) {
  const text = showHidden(given);
  const lines = text.split("\n");
  if (text.length <= longChars && lines.length <= longLines) return <pre className="verbatim">{text}</pre>;
  const start = lines.slice(0, longLines).join("\n").slice(0, longChars);
  return (
    <details className="verbatim-fold">
      <summary>
        <span className="verbatim" aria-hidden="true">
          {start}…
        </span>
        <span className="more">
          <span className="visually-hidden">{label}: </span>
          Show all {lines.length > longLines ? `${lines.length} lines` : `${text.length} characters`}
        </span>
      </summary>
      <pre className="verbatim">{text}</pre>
    </details>
  );
}
