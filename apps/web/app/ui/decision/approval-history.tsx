import type { ApprovalRevision, ShownApproval } from "@boardroom/contract";
import { showField } from "../../format/approval.ts";
import { changedFields } from "../../format/changed-fields.ts";
import type { ShownApprovalComment } from "../../server/read-approval-page.ts";
import { Submit } from "../button.tsx";
import { Textarea } from "../field.tsx";
import { Form } from "../form.tsx";
import { Section } from "../page.tsx";
import { Prose } from "../prose.tsx";
import { RelativeTime } from "../time.tsx";

interface HistoryProps {
  approval: ShownApproval;
  /** Newest first. */
  revisions: ApprovalRevision[];
  comments: ShownApprovalComment[];
}

/** What was changed when it came back, and what was said about it. */
export function ApprovalHistory({ approval, revisions, comments }: HistoryProps) {
  return (
    <>
      {revisions.length > 0 && (
        <Section title="Versions">
          <ol className="stack" reversed>
            {revisions.map((revision, at) => (
              <li key={revision.version}>
                <Change revision={revision} next={at === 0 ? approval.payload : (revisions[at - 1]?.payload ?? {})} />
              </li>
            ))}
          </ol>
        </Section>
      )}
      <Section title="Comments">
        <div className="stack">
          {comments.map(({ id, authorName, html, createdAt }) => (
            <article key={id}>
              <p className="sub">
                {authorName} · <RelativeTime at={createdAt} />
              </p>
              <Prose html={html} />
            </article>
          ))}
          <Form intent="comment" preventScrollReset key={comments.length}>
            <Textarea label="Comment" name="body" rows={2} maxLength={100_000} required />
            <div className="form-actions">
              <Submit intent="comment" kind="plain">
                Comment
              </Submit>
            </div>
          </Form>
        </div>
      </Section>
    </>
  );
}

/** What a resubmission changed, field by field. */
function Change({ revision, next }: { revision: ApprovalRevision; next: Record<string, unknown> }) {
  const { version, note, replacedByName, createdAt, payload } = revision;
  const changes = changedFields(payload, next);
  return (
    <div className="stack" data-tight>
      <p className="sub">
        {replacedByName} made version {version + 1} of version {version}, <RelativeTime at={createdAt} />
        {note && `, asked to: ${note}`}
      </p>
      {changes.length === 0 && <p className="muted">Nothing differs.</p>}
      <dl className="facts">
        {changes.map(({ field, before, after }) => {
          const [label, was] = showField(field, before);
          const [, is] = showField(field, after);
          return (
            <div className="fact" key={field}>
              <dt>{label}</dt>
              <dd className="revision">
                {was && <del>{was}</del>} {is && <ins>{is}</ins>}
              </dd>
            </div>
          );
        })}
      </dl>
    </div>
  );
}
