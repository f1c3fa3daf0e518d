export type TextPart = { kind: "text"; text: string } | { kind: "link"; href: string };

const httpsUrl = /https:\/\/[^\s<>"'`]+/g;

/** Splits plain text at its https addresses; punctuation that ends a sentence stays outside the link. */
export function splitLinks(text: string): TextPart[] {
  const parts: TextPart[] = [];
  let from = 0;
  for (const match of text.matchAll(httpsUrl)) {
    const href = trimEnd(match[0]);
    if (!URL.canParse(href)) continue;
    if (match.index > from) parts.push({ kind: "text", text: text.slice(from, match.index) });
    parts.push({ kind: "link", href });
    from = match.index + href.length;
  }
  if (from < text.length) parts.push({ kind: "text", text: text.slice(from) });
  return parts;
}

function trimEnd(url: string): string {
  const trimmed = url.replace(/[.,;:!?]+$/, "");
  // A closing bracket belongs to the address only when it was opened in it.
  return trimmed.endsWith(")") && !trimmed.includes("(") ? trimmed.slice(0, -1) : trimmed;
}
