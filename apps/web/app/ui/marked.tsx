import { Fragment } from "react";

/** Text with every occurrence of what is searched for marked; `query` is in lower case. */
export function Marked({ text, query }: { text: string; query: string }) {
  if (query === "") return <>{text}</>;
  return splitAt(text, query).map((part, at) =>
    // biome-ignore lint/suspicious/noArrayIndexKey: parts have no other identity
    at % 2 === 1 ? <mark key={at}>{part}</mark> : <Fragment key={at}>{part}</Fragment>,
  );
}

/** The text in pieces: what lies between, what was found, what lies between, … */
export function splitAt(text: string, query: string): string[] {
  const lower = text.toLowerCase();
  // Some letters change their length in lower case; then places there are not places in the text.
  if (lower.length !== text.length) return [text];
  const parts: string[] = [];
  let from = 0;
  for (let at = lower.indexOf(query); at !== -1; at = lower.indexOf(query, from)) {
    parts.push(text.slice(from, at), text.slice(at, at + query.length));
    from = at + query.length;
  }
  return [...parts, text.slice(from)];
}
