/** What `renderMarkdown` of the server made of a text. Never give it anything else. */
export function Prose({ html }: { html: string }) {
  // biome-ignore lint/security/noDangerouslySetInnerHtml: every character that was written is escaped in it
  return <div className="prose" dangerouslySetInnerHTML={{ __html: html }} />;
}
