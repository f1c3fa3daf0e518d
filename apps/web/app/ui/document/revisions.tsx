import type { DocumentRevisionListItem, IssueDocument } from "@boardroom/contract";
import { Link, useSearchParams } from "@remix-run/react";
import { Submit } from "../button.tsx";
import { Form } from "../form.tsx";
import { Section } from "../page.tsx";
import { ListEnd } from "../states.tsx";
import { RelativeTime } from "../time.tsx";

interface RevisionsProps {
  document: Pick<IssueDocument, "latestRevisionId">;
  revisions: DocumentRevisionListItem[];
  nextCursor: string | null;
  shownId: string | null;
}

/** What a document was, the latest first: who wrote it, what that changed, and the way back. */
export function DocumentRevisions({ document, revisions, nextCursor, shownId }: RevisionsProps) {
  const [search] = useSearchParams();
  return (
    <Section title="Versions">
      <ul className="bordered">
        {revisions.map(({ id, revisionNumber, changeSummary, createdByName, createdAt, restoredFromRevisionId }) => (
          <li key={id} className="row" data-tall data-wrap>
            <div className="row-text">
              <Link
                className="row-link"
                to={`?version=${id}`}
                aria-current={id === shownId ? "true" : undefined}
                preventScrollReset
              >
                Version {revisionNumber}
                {changeSummary ? `: ${changeSummary}` : restoredFromRevisionId ? ": went back to an earlier one" : ""}
              </Link>
              <small>
                {createdByName}, <RelativeTime at={createdAt} />
              </small>
            </div>
            {id !== document.latestRevisionId && (
              <details className="confirm above">
                <summary className="button" data-kind="quiet">
                  Restore<span className="visually-hidden"> version {revisionNumber}</span>
                </summary>
                <Form intent="restore" className="line" preventScrollReset>
                  <input type="hidden" name="revisionId" value={id} />
                  <input type="hidden" name="baseRevisionId" value={document.latestRevisionId} />
                  <span className="sub">Today's version is kept.</span>
                  <Submit intent="restore" kind="plain">
                    Restore it
                  </Submit>
                </Form>
              </details>
            )}
          </li>
        ))}
      </ul>
      {nextCursor && <ListEnd nextCursor={nextCursor} search={search} all="" />}
    </Section>
  );
}
