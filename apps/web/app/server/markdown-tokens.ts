import MarkdownIt, { type Token } from "markdown-it";

/** Goes over the text of each block, with whether it stands inside a link. */
function changeInline(tokens: Token[], change: (token: Token, isInLink: boolean) => Token[]): void {
  for (const block of tokens) {
    if (block.type !== "inline" || !block.children) continue;
    let links = 0;
    block.children = block.children.flatMap((token) => {
      if (token.type === "link_open") links += 1;
      if (token.type === "link_close") links -= 1;
      return change(token, links > 0);
    });
  }
}

/** Pictures from elsewhere would tell their server who reads what and when: they become links to them. */
export function onlyOwnImages(tokens: Token[], isOwn: (src: string) => boolean): void {
  changeInline(tokens, (token, isInLink) => {
    const src = String(token.attrGet("src") ?? "");
    if (token.type !== "image" || isOwn(src)) return [token];
    const words = textToken(token.content || src);
    return isInLink ? [words] : linkTo(src, words);
  });
}

/** Identifiers of the company's issues become links to them. */
export function linkReferences(tokens: Token[], issuePrefix: string): void {
  const reference = new RegExp(`(?<![\\w/.-])${issuePrefix}-[1-9]\\d{0,8}(?![\\w-])`, "g");
  changeInline(tokens, (token, isInLink) => {
    if (token.type !== "text" || isInLink) return [token];
    const parts: Token[] = [];
    let from = 0;
    for (const { 0: identifier, index } of token.content.matchAll(reference)) {
      if (index > from) parts.push(textToken(token.content.slice(from, index)));
      parts.push(...linkTo(`/${issuePrefix.toLowerCase()}/issues/${identifier}`, textToken(identifier)));
      from = index + identifier.length;
    }
    if (from === 0) return [token];
    return from < token.content.length ? [...parts, textToken(token.content.slice(from))] : parts;
  });
}

/** `- [ ]` and `- [x]` become boxes that nobody can tick: the text says what is done. */
export function markTasks(tokens: Token[]): void {
  tokens.forEach((item, at) => {
    const [paragraph, inline] = [tokens[at + 1], tokens[at + 2]];
    if (item.type !== "list_item_open" || paragraph?.type !== "paragraph_open" || inline?.type !== "inline") return;
    const first = inline.children?.[0];
    const mark = first?.type === "text" ? /^\[([ xX])\]\s+/.exec(first.content) : null;
    if (!first || !mark) return;
    item.attrJoin("class", "task");
    first.content = first.content.slice(mark[0].length);
    const box = new MarkdownIt.Token("task", "", 0);
    box.info = mark[1]?.toLowerCase() ?? "";
    inline.children?.unshift(box);
  });
}

function textToken(content: string): Token {
  const token = new MarkdownIt.Token("text", "", 0);
  token.content = content;
  return token;
}

function linkTo(href: string, words: Token): Token[] {
  const open = new MarkdownIt.Token("link_open", "a", 1);
  open.attrSet("href", href);
  return [open, words, new MarkdownIt.Token("link_close", "a", -1)];
}
