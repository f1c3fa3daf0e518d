import { type Attachment, isShownImage } from "@boardroom/contract";
import File from "lucide-react/icons/file";
import Paperclip from "lucide-react/icons/paperclip";
import Trash from "lucide-react/icons/trash-2";
import { formatBytes } from "../../format/bytes.ts";
import { usePending } from "../../forms/use-result.ts";
import { Button } from "../button.tsx";
import { ConfirmSheet } from "../confirm-sheet.tsx";
import { Form } from "../form.tsx";
import { Section } from "../page.tsx";
import { SheetLink } from "../sheet.tsx";
import { RelativeTime } from "../time.tsx";

type Listed = Pick<
  Attachment,
  "id" | "originalFilename" | "contentType" | "byteSize" | "contentPath" | "createdByName" | "createdAt"
>;

interface AttachmentsProps {
  files: Listed[];
  /** The page. */
  path: string;
}

/** The files of an issue; images with a small picture of themselves. */
export function Attachments({ files, path }: AttachmentsProps) {
  if (files.length === 0) return null;
  return (
    <Section title="Files">
      <ul className="bordered">
        {files.map((file) => (
          <li key={file.id} className="row" data-tall>
            <Picture file={file} />
            <div className="row-text">
              <a
                className="row-link"
                href={file.contentPath}
                download={isShownImage(file.contentType) ? undefined : ""}
              >
                {file.originalFilename}
              </a>
              <small>
                {formatBytes(file.byteSize)}, {file.createdByName}, <RelativeTime at={file.createdAt} />
              </small>
            </div>
            <SheetLink
              sheet={`delete-file-${file.id}`}
              leadsTo="attachments.delete"
              className="button above"
              data-kind="quiet"
              data-icon
              aria-label={`Delete ${file.originalFilename}`}
            >
              <Trash size={16} aria-hidden="true" />
            </SheetLink>
          </li>
        ))}
      </ul>
      <AttachForm path={path} />
    </Section>
  );
}

function Picture({ file }: { file: Listed }) {
  if (!isShownImage(file.contentType)) {
    return (
      <span className="thumbnail">
        <File size={16} aria-hidden="true" className="faint" />
      </span>
    );
  }
  return (
    <img className="thumbnail" src={file.contentPath} alt="" loading="lazy" decoding="async" width="40" height="40" />
  );
}

/**
 * Sends a file as soon as it is chosen; before JavaScript, by its button. The upload is a stream and no operation of the
 * contract: whoever may comment may attach.
 */
export function AttachForm({ path, kind = "quiet" }: { path: string; kind?: "quiet" | "primary" }) {
  const isSending = usePending("attach");
  return (
    <Form
      calls="issues.comment"
      intent="attach"
      className="attach"
      action={`${path}/attach`}
      encType="multipart/form-data"
      preventScrollReset
    >
      <input type="hidden" name="intent" value="attach" />
      <label className="button" data-kind={kind} aria-busy={isSending || undefined}>
        <Paperclip size={16} aria-hidden="true" />
        {isSending ? "Attaching" : "Attach a file"}
        <input
          type="file"
          name="file"
          required
          disabled={isSending}
          className="visually-hidden"
          onChange={(event) => event.currentTarget.form?.requestSubmit()}
        />
      </label>
      <noscript>
        <Button type="submit">Attach it</Button>
      </noscript>
    </Form>
  );
}

Attachments.Sheets = function AttachmentSheets({ files }: { files: Listed[] }) {
  return files.map(({ id, originalFilename }) => (
    <ConfirmSheet
      key={id}
      name={`delete-file-${id}`}
      intent="delete-file"
      title={`Delete ${originalFilename}`}
      confirm="Delete file"
    >
      <input type="hidden" name="attachmentId" value={id} />
      <p>It is gone for everybody, and where a text shows it, it shows no more.</p>
    </ConfirmSheet>
  ));
};
