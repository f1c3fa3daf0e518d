import type { Attachment, IssueDocument } from "@boardroom/contract";
import { type CallerName, type Tenant, word } from "../tenant.ts";
import type { ExamplesOf } from "./example.ts";

interface Given extends Pick<Tenant, "url" | "cid"> {
  headers: Partial<Tenant["headers"]>;
}

/** A file on an issue, as a program uploads it. */
export async function attachFile(
  t: Given,
  issueId: string,
  as: CallerName = "session",
  text = word(),
): Promise<Attachment> {
  const response = await fetch(`${t.url}/api/companies/${t.cid}/issues/${issueId}/attachments`, {
    method: "POST",
    headers: { ...t.headers[as], "x-file-name": "notes.txt" },
    body: text,
  });
  if (response.status !== 201) throw new Error(`The file was refused: ${await response.text()}`);
  return (await response.json()) as Attachment;
}

/** Work of the agent's, with a document of two revisions. */
async function ownDocument(t: Tenant): Promise<{ document: IssueDocument; first: string }> {
  const { id } = await t.board.call("issues.create", {
    params: { cid: t.cid },
    body: { title: word(), assigneeAgentId: t.ids.agent },
  });
  const params = { id, key: "plan" };
  const { latestRevisionId: first } = await t.board.call("documents.put", { params, body: { body: word() } });
  const body = { body: word(), baseRevisionId: first };
  return { document: await t.board.call("documents.put", { params, body }), first };
}
const pathOf = ({ issueId, key }: IssueDocument) => ({ id: issueId, key });
const ofDocument = (t: Tenant) => ({ params: { id: t.ids.issue, key: t.ids.document } });

export const documentExamples: ExamplesOf<"documents"> = {
  "documents.list": (t) => ({ params: { id: t.ids.issue } }),
  "documents.get": ofDocument,
  "documents.put": async (t) => {
    const { document } = await ownDocument(t);
    const body = { title: word(), body: word(), changeSummary: word(), baseRevisionId: document.latestRevisionId };
    return { params: pathOf(document), body };
  },
  "documents.delete": async (t) => ({ params: pathOf((await ownDocument(t)).document) }),
  "documents.revisions": ofDocument,
  "documents.getRevision": (t) => ({
    params: { ...ofDocument(t).params, rid: t.ids.documentRevision },
  }),
  "documents.restore": async (t) => {
    const { document, first } = await ownDocument(t);
    return { params: { ...pathOf(document), rid: first }, body: { baseRevisionId: document.latestRevisionId } };
  },
};

export const attachmentExamples: ExamplesOf<"attachments"> = {
  "attachments.list": (t) => ({ params: { id: t.ids.issue } }),
  "attachments.delete": async (t, as) => ({ params: { id: (await attachFile(t, t.ids.issue, as)).id } }),
};
