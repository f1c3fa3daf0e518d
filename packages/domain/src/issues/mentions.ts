import { urlKeyOf } from "../agents/agent-draft.ts";

/** Whom a text names: agents by their url key or by id. */
export interface Mentions {
  urlKeys: string[];
  agentIds: string[];
}

/** More names in one comment are not heard. */
export const maxMentions = 20;

const links = /\[[^[\]\n]{0,200}\]\(agent:\/\/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\)/gi;
/** A word or slash before the @ makes it an e-mail address or a path, a slash or @ after it a package or a foreign account. */
const names =
  /(?<![\p{L}\p{N}_\\/@.+-])@(?:"([^"\n]{1,200})"|([\p{L}\p{N}]+(?:-[\p{L}\p{N}]+)*)(?![\p{L}\p{N}_/@]|-[\p{L}\p{N}]))/gu;

/**
 * Whom a markdown text mentions: `@url-key`, `@"Name"`, `[@Name](agent://id)`; not inside code.
 * @example mentionsIn("@ada and @\"Bob Builder\"") // { urlKeys: ["ada", "bob-builder"], agentIds: [] }
 */
export function mentionsIn(markdown: string): Mentions {
  const agentIds = new Set<string>();
  const urlKeys = new Set<string>();
  const isFull = () => agentIds.size + urlKeys.size >= maxMentions;
  const prose = withoutCode(markdown).replaceAll(links, (_, id: string) => {
    if (!isFull()) agentIds.add(id.toLowerCase());
    return " ";
  });
  for (const [, quoted, key] of prose.matchAll(names)) {
    if (isFull()) break;
    urlKeys.add(urlKeyOf(quoted ?? key ?? ""));
  }
  return { urlKeys: [...urlKeys], agentIds: [...agentIds] };
}

/** The text with a blank for each code block and code span; an unclosed block runs to the end, as it is rendered. */
function withoutCode(markdown: string): string {
  const prose: string[] = [];
  let fence: string | null = null;
  for (const line of markdown.split("\n")) {
    const [, marks, rest = ""] = /^[ >]*(`{3,}|~{3,})(.*)$/.exec(line.trimEnd()) ?? [];
    if (fence === null && marks && !(marks.startsWith("`") && rest.includes("`"))) fence = marks;
    else if (fence === null) prose.push(line);
    else if (marks?.startsWith(fence) && rest.trim() === "") fence = null;
  }
  return withoutSpans(prose.join("\n"));
}

/** A span ends at the next run of as many backticks; a run without such a partner is text. */
function withoutSpans(text: string): string {
  const runs = [...text.matchAll(/`+/g)].map(({ index, 0: run }) => ({ start: index, length: run.length }));
  const partner = new Map<number, number>();
  const next = new Map<number, number>();
  for (const { start, length } of runs.toReversed()) {
    const end = next.get(length);
    if (end !== undefined) partner.set(start, end + length);
    next.set(length, start);
  }
  let prose = "";
  let at = 0;
  for (const { start } of runs) {
    const end = partner.get(start);
    if (start < at || end === undefined) continue;
    prose += `${text.slice(at, start)} `;
    at = end;
  }
  return prose + text.slice(at);
}
