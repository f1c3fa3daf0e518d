import createMarkdown, { type MarkdownIt } from "markdown-it";
import { linkReferences, markTasks, onlyOwnImages } from "./markdown-tokens.ts";

export interface MarkdownOptions {
  /** Of the company's issues, as in ACME-42: these become links. */
  issuePrefix: string;
  /** Lines stay lines, as in a chat; in documents they flow. */
  keepsLines?: boolean;
}

/** An attachment of this Boardroom, the only pictures that a text may show. */
const ownAttachment = /^\/api\/attachments\/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\/content$/;
const outside = /^(https?:\/\/[^\s/]|mailto:[^\s@]+@)/i;

const flowing = createParser(false);
const keeping = createParser(true);

/**
 * Markdown as HTML that may stand in a page: what it says is escaped, HTML in it is text, and links go only where a person can
 * see that they go. For the server alone: no byte of it goes to the browser.
 */
export function renderMarkdown(text: string, { issuePrefix, keepsLines = false }: MarkdownOptions): string {
  return (keepsLines ? keeping : flowing).render(text, { issuePrefix });
}

/** Something with a text that is markdown, and that text as the page shows it. */
export function withHtml<T extends { body: string }>({ body, ...rest }: T, options: MarkdownOptions) {
  return { ...rest, html: renderMarkdown(body, options) };
}

/** Text as it was written, for where reading markdown would take too long. */
export const renderPlain = (text: string): string => `<p class="plain-text">${flowing.utils.escapeHtml(text)}</p>`;

function createParser(breaks: boolean): MarkdownIt {
  const parser = createMarkdown({ html: false, linkify: true, breaks, maxNesting: 20 });
  parser.linkify.set({ fuzzyLink: false, fuzzyEmail: false });
  parser.validateLink = (url) => ownAttachment.test(url) || outside.test(url);
  parser.core.ruler.push("own_images", ({ tokens }) => onlyOwnImages(tokens, (src) => ownAttachment.test(src)));
  parser.core.ruler.push("references", ({ tokens, env }) => linkReferences(tokens, String(env.issuePrefix)));
  parser.core.ruler.push("tasks", ({ tokens }) => markTasks(tokens));
  setLooks(parser);
  return parser;
}

/** How some elements look here: what may be wide scrolls inside, headings stand below those of the page. */
function setLooks({ renderer, utils }: MarkdownIt): void {
  const { rules } = renderer;
  rules.link_open = (tokens, at, options) => {
    const link = tokens[at];
    if (!String(link?.attrGet("href")).startsWith("/")) link?.attrSet("target", "_blank");
    link?.attrSet("rel", "nofollow noopener ugc");
    return renderer.renderToken(tokens, at, options);
  };
  rules.image = (tokens, at) => {
    const [src, alt] = [tokens[at]?.attrGet("src"), tokens[at]?.content].map((text) =>
      utils.escapeHtml(String(text ?? "")),
    );
    return `<img src="${src}" alt="${alt}" loading="lazy" decoding="async">`;
  };
  rules.table_open = () => '<div class="prose-wide" role="group" tabindex="0" aria-label="Table"><table>\n';
  rules.table_close = () => "</table></div>\n";
  // The page's policy lets no element style itself.
  for (const cell of ["th", "td"]) {
    rules[`${cell}_open`] = (tokens, at) => {
      const align = /(right|center)$/.exec(String(tokens[at]?.attrGet("style")))?.[1];
      return align ? `<${cell} data-align="${align}">` : `<${cell}>`;
    };
  }
  const code = (text: string) => `<pre tabindex="0"><code>${utils.escapeHtml(text)}</code></pre>\n`;
  rules.fence = (tokens, at) => code(tokens[at]?.content ?? "");
  rules.code_block = (tokens, at) => code(tokens[at]?.content ?? "");
  rules.heading_open = (tokens, at) => `<h${levelOf(tokens[at]?.tag)}>`;
  rules.heading_close = (tokens, at) => `</h${levelOf(tokens[at]?.tag)}>\n`;
  rules.task = (tokens, at) => {
    const isDone = tokens[at]?.info === "x";
    return `<span class="task-box"${isDone ? " data-done" : ""} role="img" aria-label="${isDone ? "Done" : "Open"}"></span> `;
  };
}

/** The page has two levels of headings above. */
const levelOf = (tag = "h1") => Math.min(Number(tag.slice(1)) + 2, 6);
