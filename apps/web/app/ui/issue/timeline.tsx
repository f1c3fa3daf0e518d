import type { RunListItem } from "@boardroom/contract";
import { Link, useNavigation } from "@remix-run/react";
import { Fragment, useEffect, useRef } from "react";
import { useFailure } from "../../forms/use-result.ts";
import type { ShownComment, TimelineEntry } from "../../server/issue-timeline.ts";
import type { ShownActivity } from "../../server/show-activity.ts";
import { Avatar } from "../avatar.tsx";
import { Submit } from "../button.tsx";
import { Textarea } from "../field.tsx";
import { Form, OnceKey } from "../form.tsx";
import { Money } from "../money.tsx";
import { PlainText } from "../plain-text.tsx";
import { Prose } from "../prose.tsx";
import { RunGlyph, runLooks } from "../run-status.tsx";
import { Elapsed, RelativeTime } from "../time.tsx";
import { useCompany } from "../use-company.ts";

/** Comments, changes and runs as one story, oldest first; each run is one line. */
export function Timeline({ entries, firstNewId }: { entries: TimelineEntry[]; firstNewId: string | null }) {
  const isSending = useNavigation().formData?.get("intent") === "comment";
  const typed = useNavigation().formData?.get("body");
  return (
    <ol className="timeline" aria-live="polite" aria-relevant="additions">
      {entries.map((entry) => (
        <Fragment key={entry.id}>
          {entry.id === firstNewId && <li className="new-since">New since your last visit</li>}
          <Item entry={entry} />
        </Fragment>
      ))}
      {isSending && typeof typed === "string" && (
        <li className="comment" aria-busy="true">
          <header className="faint">Sending</header>
          <PlainText text={typed} />
        </li>
      )}
    </ol>
  );
}

function Item({ entry }: { entry: TimelineEntry }): JSX.Element {
  switch (entry.kind) {
    case "comment":
      return <CommentItem comment={entry.comment} />;
    case "run":
      return <RunItem run={entry.run} />;
    case "activity":
      return <ActivityItem entry={entry.entry} />;
  }
}

function CommentItem({ comment }: { comment: ShownComment }) {
  return (
    <li className="comment" id={`comment-${comment.id}`}>
      <header>
        <Avatar name={comment.authorName} person={comment.authorUserId !== null} />
        <b>{comment.authorName}</b>
        <span className="push">
          <RelativeTime at={comment.createdAt} />
        </span>
      </header>
      <Prose html={comment.html} />
    </li>
  );
}

function RunItem({ run }: { run: RunListItem }) {
  const { base } = useCompany();
  return (
    <li className="event">
      <span className="sign">
        <RunGlyph status={run.status} />
      </span>
      <p>
        <Link to={`${base}/runs/${run.id}`}>
          <b>{run.agentName}</b>{" "}
          {run.status === "running" ? "is running" : `ran: ${runLooks[run.status].label.toLowerCase()}`}
        </Link>
        {run.startedAt && (
          <>
            , <Elapsed from={run.startedAt} to={run.finishedAt} />
          </>
        )}
        {run.costCents > 0 && (
          <>
            , <Money cents={run.costCents} />
          </>
        )}
        {run.error && <span className="run-error"> {run.error}</span>}
      </p>
      <span className="push">
        <RelativeTime at={run.startedAt ?? run.createdAt} />
      </span>
    </li>
  );
}

function ActivityItem({ entry: { actor, isPerson, before, after, target, createdAt } }: { entry: ShownActivity }) {
  return (
    <li className="event">
      <Avatar name={actor} person={isPerson} />
      <p>
        <b>{actor}</b> {before} {target && "this"}
        {after}
      </p>
      <span className="push">
        <RelativeTime at={createdAt} />
      </span>
    </li>
  );
}

/** As its button does, which says what the form is for. */
const send = (form: HTMLFormElement | null) =>
  form?.requestSubmit(form.querySelector<HTMLButtonElement>("[type=submit]"));

export function Composer({ onceKey }: { onceKey: string }) {
  const { state, formData } = useNavigation();
  const failure = useFailure("comment");
  const isSending = state !== "idle" && formData?.get("intent") === "comment";
  const wasSending = useRef(false);
  const box = useRef<HTMLDivElement>(null);
  // Emptied once it was taken; kept when it was refused.
  useEffect(() => {
    if (wasSending.current && !isSending && !failure) box.current?.closest("form")?.reset();
    wasSending.current = isSending;
  }, [isSending, failure]);
  return (
    <Form calls="issues.comment" intent="comment" className="composer" replace preventScrollReset>
      <div ref={box}>
        <OnceKey value={onceKey} />
        <Textarea
          label="Comment"
          name="body"
          hint="Markdown works. Ctrl or Cmd with Enter sends it."
          rows={3}
          maxLength={100_000}
          required
          onKeyDown={(event) => {
            if (event.key === "Enter" && (event.metaKey || event.ctrlKey)) send(event.currentTarget.form);
          }}
        />
      </div>
      <div className="line">
        <Submit intent="comment">Comment</Submit>
      </div>
    </Form>
  );
}
