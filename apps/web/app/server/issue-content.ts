import type { Attachment, Comment, Company, DocumentListItem, IssueDetail } from "@boardroom/contract";
import type { CompanyActionArgs } from "./board.ts";
import type { ShownComment } from "./issue-timeline.ts";
import { renderMarkdown, renderPlain } from "./markdown.ts";

/** So much of it is read as markdown, the latest first; the rest of a very long story stands there as it was written. */
const markdownChars = 400_000;

interface IssueContent {
  descriptionHtml: string;
  comments: ShownComment[];
  documents: DocumentListItem[];
  files: Attachment[];
}

/** What was written about an issue, as its page shows it, and what lies on it. */
export async function readContent(
  api: CompanyActionArgs["api"],
  { issuePrefix }: Pick<Company, "issuePrefix">,
  issue: Pick<IssueDetail, "id" | "description">,
  comments: Comment[],
): Promise<IssueContent> {
  const of = { params: { id: issue.id } };
  const [documents, files] = await Promise.all([
    api.call("documents.list", of),
    api.call("attachments.list", { ...of, query: { limit: 100 } }),
  ]);
  let left = markdownChars;
  const render = (text: string) => {
    left -= text.length;
    return left < 0 ? renderPlain(text) : renderMarkdown(text, { issuePrefix, keepsLines: true });
  };
  return {
    descriptionHtml: render(issue.description ?? ""),
    comments: comments.map(({ body, ...comment }) => ({ ...comment, html: render(body) })),
    documents,
    files,
  };
}
