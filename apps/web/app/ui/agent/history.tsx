import type { Agent, ConfigRevision, Page as PageOf } from "@boardroom/contract";
import { useSearchParams } from "@remix-run/react";
import { configChanges, nameChanges } from "../../format/config-change.ts";
import { Submit } from "../button.tsx";
import { Form } from "../form.tsx";
import { EmptyState, ListEnd } from "../states.tsx";
import { RelativeTime } from "../time.tsx";

const acts: Record<ConfigRevision["source"], string> = {
  hire: "hired it",
  baseline: "was here before",
  update: "changed",
  permissions: "changed",
  budget: "changed",
  instructions: "changed",
  rollback: "went back, which changed",
};

interface HistoryProps {
  agent: Agent;
  page: PageOf<ConfigRevision>;
  names: Record<string, string>;
}

/** Every change of an agent's configuration, the latest first, each with the way back to it. */
export function AgentHistory({ agent, page, names }: HistoryProps) {
  const [search] = useSearchParams();
  if (page.items.length === 0) return <EmptyState>Each change of the configuration is kept here.</EmptyState>;
  const isOver = agent.status === "terminated";
  return (
    <>
      <ul className="bordered">
        {page.items.map((revision, at) => (
          <RevisionRow
            key={revision.id}
            revision={revision}
            names={names}
            canGoBack={!isOver && (at > 0 || search.has("cursor"))}
          />
        ))}
      </ul>
      <ListEnd nextCursor={page.nextCursor} search={search} all="These are all." />
    </>
  );
}

interface RowProps {
  revision: ConfigRevision;
  names: Record<string, string>;
  canGoBack: boolean;
}

function RevisionRow({ revision, names, canGoBack }: RowProps) {
  const changes = configChanges(revision, names);
  const isFirst = revision.source === "hire" || revision.source === "baseline";
  return (
    <li className="row" data-tall data-wrap>
      <div className="row-text">
        <span>
          {revision.createdByName} {acts[revision.source]}
          {!isFirst && ` ${nameChanges(revision)}`}
        </span>
        {!isFirst && (
          <dl className="changes">
            {changes.map(({ key, label, before, after }) => (
              <div key={key}>
                <dt>{label}</dt>
                <dd>
                  <del>{before}</del> <ins>{after}</ins>
                </dd>
              </div>
            ))}
          </dl>
        )}
        <small>
          <RelativeTime at={revision.createdAt} />
        </small>
      </div>
      {canGoBack && (
        <details className="confirm above">
          <summary className="button" data-kind="quiet">
            Go back to this
          </summary>
          <Form intent="rollback" action="?tab=history" className="line" preventScrollReset>
            <input type="hidden" name="revisionId" value={revision.id} />
            <span className="sub">What it is now is kept. The budget stays.</span>
            <Submit intent="rollback" kind="plain">
              Go back
            </Submit>
          </Form>
        </details>
      )}
    </li>
  );
}
