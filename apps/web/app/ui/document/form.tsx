import type { IssueDocument } from "@boardroom/contract";
import { useState } from "react";
import type { DocumentPreview } from "../../server/documents.ts";
import { Submit } from "../button.tsx";
import { Input, Textarea } from "../field.tsx";
import { Form } from "../form.tsx";
import { Section } from "../page.tsx";
import { Prose } from "../prose.tsx";

interface DocumentFormProps {
  document: Pick<IssueDocument, "title" | "body" | "latestRevisionId"> | null;
  preview: DocumentPreview | null;
}

/** Writes a document; `preview` is what was typed, which then stands in the fields again. */
export function DocumentForm({ document, preview }: DocumentFormProps) {
  // What was there when the page was opened: live updates bring what others write, but not into the fields.
  const [base] = useState(preview?.baseRevisionId ?? document?.latestRevisionId);
  return (
    <div className="stack">
      {preview && (
        <Section title="Preview, not saved yet">
          <div aria-live="polite">
            {preview.html === "" ? <p className="faint">Nothing is written yet.</p> : <Prose html={preview.html} />}
          </div>
        </Section>
      )}
      <Form intent="save">
        {base && <input type="hidden" name="baseRevisionId" value={base} />}
        <Input
          label="Title"
          name="title"
          defaultValue={preview?.title ?? document?.title ?? ""}
          maxLength={200}
          required
        />
        <Textarea
          label="Text"
          name="body"
          className="textarea document-text"
          defaultValue={preview?.body ?? document?.body ?? ""}
          hint="Markdown: # heading, - list, - [ ] task, **bold**, `code`, | table |"
          rows={18}
          maxLength={200_000}
        />
        {document && (
          <Input
            label="What changed"
            name="changeSummary"
            defaultValue={preview?.changeSummary ?? ""}
            maxLength={500}
            optional
          />
        )}
        <div className="form-actions">
          <Submit intent="save">Save</Submit>
          <Submit intent="preview" kind="plain" formNoValidate>
            Preview
          </Submit>
        </div>
      </Form>
    </div>
  );
}
