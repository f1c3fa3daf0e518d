import type { Page as PageOf, TaskSession } from "@boardroom/contract";
import { Link, useSearchParams } from "@remix-run/react";
import { Submit } from "../button.tsx";
import { useNow } from "../clock.ts";
import { Form } from "../form.tsx";
import { Section } from "../page.tsx";
import { SheetLink } from "../sheet.tsx";
import { EmptyState, ListEnd } from "../states.tsx";
import { RelativeTime } from "../time.tsx";
import { useCompany } from "../use-company.ts";

interface SessionsProps {
  page: PageOf<TaskSession>;
  isOver: boolean;
}

/** What the agent carries from run to run, one session a task; each can be forgotten. */
export function AgentSessions({ page, isOver }: SessionsProps) {
  const [search] = useSearchParams();
  if (page.items.length === 0) {
    return (
      <EmptyState>
        It has no session. When a run of a task reports one, the task's next run goes on from there.
      </EmptyState>
    );
  }
  return (
    <Section
      title="One session a task"
      aside={
        !isOver && (
          <SheetLink sheet="reset-sessions" leadsTo="agents.resetSession" className="push link">
            Reset all
          </SheetLink>
        )
      }
    >
      <ul className="bordered">
        {page.items.map((session) => (
          <SessionRow key={session.taskKey} session={session} isOver={isOver} />
        ))}
      </ul>
      <ListEnd nextCursor={page.nextCursor} search={search} all="These are all." />
    </Section>
  );
}

function SessionRow({ session, isOver }: { session: TaskSession; isOver: boolean }) {
  const { base } = useCompany();
  const { issueIdentifier, issueTitle, fruitlessRuns, quietUntil } = session;
  const now = useNow();
  const isResting = quietUntil !== null && Date.parse(quietUntil) > now;
  return (
    <li className="row" data-tall data-wrap>
      <div className="row-text">
        {issueIdentifier ? (
          <Link className="row-link" to={`${base}/issues/${issueIdentifier}`}>
            {issueIdentifier} {issueTitle}
          </Link>
        ) : (
          <span>{session.issueId ? "A deleted issue" : "The agent as a whole"}</span>
        )}
        <small>
          {session.sessionId ? <code>{session.sessionId}</code> : "starts fresh"}
          {` · ${session.runCount === 1 ? "1 run" : `${session.runCount} runs`} · `}
          <RelativeTime at={session.updatedAt} />
          {session.cwd && ` · ${session.cwd}`}
        </small>
        {fruitlessRuns > 1 && (
          <small>
            {fruitlessRuns} runs in a row changed nothing
            {isResting && (
              <>
                {"; agents' wakes rest until "}
                <RelativeTime at={quietUntil} />
              </>
            )}
          </small>
        )}
      </div>
      {!isOver && <Reset taskKey={session.taskKey} />}
    </li>
  );
}

function Reset({ taskKey }: { taskKey: string }) {
  return (
    <details className="confirm above">
      <summary className="button" data-kind="quiet">
        Reset
      </summary>
      <Form intent="reset-session" action="?tab=sessions" className="line" preventScrollReset>
        <input type="hidden" name="taskKey" value={taskKey} />
        <span className="sub">Its next run starts fresh.</span>
        <Submit intent="reset-session" kind="danger">
          Reset it
        </Submit>
      </Form>
    </details>
  );
}
