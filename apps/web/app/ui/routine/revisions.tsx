import type { Page as PageOf, Routine, RoutineRevision } from "@boardroom/contract";
import { useSearchParams } from "@remix-run/react";
import { nameChanges } from "../../format/routine.ts";
import { Submit } from "../button.tsx";
import { Form } from "../form.tsx";
import { EmptyState, ListEnd } from "../states.tsx";
import { RelativeTime } from "../time.tsx";

interface RevisionsProps {
  routine: Routine;
  page: PageOf<RoutineRevision>;
}

/** Earlier versions, the latest first: who replaced each, what that changed, and the way back. */
export function RoutineRevisions({ routine, page }: RevisionsProps) {
  const [search] = useSearchParams();
  if (page.items.length === 0) {
    return (
      <EmptyState>It is as it was set up. Each change keeps the version before, and you can go back to it.</EmptyState>
    );
  }
  return (
    <>
      <ul className="bordered">
        {page.items.map((revision, at) => (
          <RevisionRow
            key={revision.id}
            revision={revision}
            next={page.items[at - 1]?.snapshot ?? routine}
            canRestore={routine.status !== "archived"}
          />
        ))}
      </ul>
      <ListEnd nextCursor={page.nextCursor} search={search} all="These are all." />
    </>
  );
}

interface RowProps {
  revision: RoutineRevision;
  /** The version that came after it. */
  next: object;
  canRestore: boolean;
}

function RevisionRow({ revision, next, canRestore }: RowProps) {
  const { revisionNumber, snapshot, replacedByName, createdAt } = revision;
  const changes = nameChanges(snapshot, next);
  return (
    <li className="row" data-tall data-wrap>
      <div className="row-text">
        <span>
          Version {revisionNumber}: {snapshot.title}
        </span>
        <small>
          {replacedByName} changed {changes.length > 0 ? changes.join(", ") : "nothing in it"} ·{" "}
          <RelativeTime at={createdAt} />
        </small>
      </div>
      {canRestore && (
        <details className="confirm above">
          <summary className="button" data-kind="quiet">
            Restore
          </summary>
          <Form intent="restore" action="?tab=revisions" className="line" preventScrollReset>
            <input type="hidden" name="revisionId" value={revision.id} />
            <span className="sub">Today's version is kept.</span>
            <Submit intent="restore" kind="plain">
              Restore it
            </Submit>
          </Form>
        </details>
      )}
    </li>
  );
}
