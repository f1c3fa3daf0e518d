import type { DocumentConflict as Conflict } from "../../server/documents.ts";
import { ButtonLink, Submit } from "../button.tsx";
import { Input, Textarea } from "../field.tsx";
import { Form } from "../form.tsx";
import { Notice } from "../notice.tsx";
import { Section } from "../page.tsx";
import { DiffView } from "../work/diff-view.tsx";

/** Somebody else wrote first: shows both, and lets one take theirs, keep one's own, or make one of the two. */
export function DocumentConflict({ conflict, path }: { conflict: Conflict; path: string }) {
  const { theirs, title, body, patch } = conflict;
  return (
    <div className="stack">
      <Notice tone="attention">
        {theirs ? (
          <>
            {theirs.createdByName} saved version {theirs.revisionNumber} while you were writing. Nothing of yours is
            lost, and nothing is saved yet.
          </>
        ) : (
          "The document was deleted while you were writing. Saving makes it anew."
        )}
      </Notice>
      {theirs && (
        <Section title="From theirs to yours">
          <DiffView patch={patch} isCut={false} />
        </Section>
      )}
      {theirs && (
        <details className="note">
          <summary>Their whole text</summary>
          <p className="plain-text">{theirs.body}</p>
        </details>
      )}
      <Form intent="save" preventScrollReset>
        {theirs && <input type="hidden" name="baseRevisionId" value={theirs.id} />}
        <input type="hidden" name="key" value={conflict.key} />
        <Input label="Title" name="title" defaultValue={title} maxLength={200} required />
        <Textarea
          label="Your text"
          name="body"
          className="textarea document-text"
          defaultValue={body}
          hint="Saving replaces theirs with this. Their version is kept among the versions."
          rows={14}
          maxLength={200_000}
        />
        <div className="form-actions">
          <Submit intent="save">Save yours</Submit>
          {theirs && <ButtonLink to={path}>Take theirs</ButtonLink>}
        </div>
      </Form>
    </div>
  );
}
