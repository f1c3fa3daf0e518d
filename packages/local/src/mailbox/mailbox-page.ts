import type { Email } from "./email.ts";

const STYLE = `
:root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif; }
body { margin: 0 auto; max-width: 44rem; padding: 1rem; }
h1 { font-size: 1.25rem; }
article { border: 1px solid color-mix(in srgb, currentColor 25%, transparent); border-radius: .5rem; margin: 1rem 0; padding: 1rem; }
h2 { font-size: 1rem; margin: 0; overflow-wrap: anywhere; }
p, pre, ul { margin: .5rem 0 0; overflow-wrap: anywhere; }
p { font-size: .875rem; opacity: .75; }
pre { font: inherit; white-space: pre-wrap; }
a { display: inline-block; padding: .25rem 0; }`;

/** What would have been sent, newest first: plain text and links, nothing of a message is ever run or loaded. */
export function writeMailboxPage(emails: Email[]): string {
  const list = emails.length > 0 ? emails.toReversed().map(writeArticle).join("") : "<p>Nothing was sent yet.</p>";
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>Mailbox</title><style>${STYLE}</style></head><body><h1>Mailbox</h1>
<p>E-mail that would have been sent. <a href="/">Look again</a></p>${list}</body></html>`;
}

function writeArticle(email: Email): string {
  const text = email.text || stripTags(email.html);
  const links = findLinks(email).map(
    (link) => `<li><a href="${escapeHtml(link)}" rel="noreferrer">${escapeHtml(link)}</a></li>`,
  );
  return `<article><h2>${escapeHtml(email.subject)}</h2>
<p>To ${escapeHtml(email.to.join(", "))} · from ${escapeHtml(email.from)} · <time>${escapeHtml(email.createdAt)}</time></p>
<pre>${escapeHtml(text)}</pre>${links.length > 0 ? `<ul>${links.join("")}</ul>` : ""}</article>`;
}

/** The links of a message: those of its HTML and those written out in its text. */
export function findLinks({ html, text }: Pick<Email, "html" | "text">): string[] {
  const inHtml = [...html.matchAll(/href\s*=\s*["']([^"']+)["']/gi)].map(([, link = ""]) => unescapeHtml(link));
  const inText = [...text.matchAll(/https?:\/\/[^\s<>"']*[^\s<>"'.,;:!?)\]]/g)].map(([link]) => link);
  return [...new Set([...inHtml, ...inText])].filter((link) => /^https?:\/\//i.test(link));
}

function stripTags(html: string): string {
  const text = html
    .replaceAll(/<(style|script|head)\b[\s\S]*?<\/\1\s*>/gi, "")
    .replaceAll(/<(br|\/p|\/div|\/h\d|\/li|\/tr)\b[^>]*>/gi, "\n")
    .replaceAll(/<[^>]*>/g, "");
  return unescapeHtml(text).trim();
}

function unescapeHtml(text: string): string {
  const entities: Record<string, string> = {
    "&lt;": "<",
    "&gt;": ">",
    "&quot;": '"',
    "&#39;": "'",
    "&nbsp;": " ",
    "&amp;": "&",
  };
  return text.replaceAll(/&(lt|gt|quot|#39|nbsp|amp);/g, (entity) => entities[entity] ?? entity);
}

function escapeHtml(text: string): string {
  const entities: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };
  return text.replaceAll(/[&<>"']/g, (character) => entities[character] ?? character);
}
