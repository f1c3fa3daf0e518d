import type { IssueStatus } from "@boardroom/contract";
import { useNavigate, useSearchParams } from "@remix-run/react";
import { useRef } from "react";
import { useResult } from "../../forms/use-result.ts";
import type { ListedIssue } from "../../server/issue-list.ts";
import type { BulkOutcome } from "../../server/issue-list-actions.ts";
import { IssueRow } from "../issue-row.tsx";
import { LabelTags } from "../label-dot.tsx";
import { issueLooks, StatusGlyph } from "../status-glyph.tsx";
import { BulkBar } from "./bulk-bar.tsx";
import { Refused } from "./refused.tsx";
import { groupOrder } from "./status-options.ts";
import { useBulk } from "./use-bulk.ts";
import { useSelection } from "./use-selection.ts";

interface Named {
  id: string;
  name: string;
}

interface IssueListProps {
  issues: ListedIssue[];
  isSelecting: boolean;
  agents: Named[];
  projects: Named[];
  milestones: Named[];
  labels: (Named & { color: string })[];
}

/** Issues by state, of which several can be chosen and changed at once. */
export function IssueList({ issues, isSelecting, agents, projects, milestones, labels }: IssueListProps) {
  const list = useRef<HTMLDivElement>(null);
  const { chosen, toggle, choose } = useSelection(list);
  const bulk = useBulk(issues, choose);
  const served = useResult<BulkOutcome>();
  const outcome = bulk.outcome ?? (served && "bulk" in served ? served.bulk : undefined);
  const navigate = useNavigate();
  const [search] = useSearchParams();
  const count = issues.filter(({ id }) => chosen.has(id)).length;
  const clear = () => {
    choose([]);
    if (!isSelecting) return;
    const next = new URLSearchParams(search);
    next.delete("select");
    navigate(`?${next}`, { replace: true, preventScrollReset: true });
  };
  const names = new Map(agents.map(({ id, name }) => [id, name]));
  const row = (issue: ListedIssue) => (
    <IssueRow
      key={issue.id}
      issue={issue}
      assignee={names.get(issue.assigneeAgentId ?? "")}
      tags={<LabelTags labels={labels.filter(({ id }) => issue.labelIds.includes(id))} />}
      pick={<Pick issue={issue} isChosen={chosen.has(issue.id)} onPick={toggle} />}
    />
  );
  return (
    <>
      {outcome && <Refused outcome={outcome} issues={issues} />}
      <div ref={list} className="pickable" data-selecting={isSelecting || count > 0 || undefined}>
        {groupOrder.map((status) => (
          <Group key={status} status={status} rows={issues.filter((issue) => issue.status === status).map(row)} />
        ))}
      </div>
      {(isSelecting || count > 0) && (
        <BulkBar
          {...{ count, agents, projects, milestones, labels }}
          isBusy={bulk.isBusy}
          onSend={bulk.send}
          onClear={clear}
        />
      )}
    </>
  );
}

/** The box that chooses a row. */
function Pick({
  issue,
  isChosen,
  onPick,
}: {
  issue: ListedIssue;
  isChosen: boolean;
  onPick: (id: string, isChosen: boolean) => void;
}) {
  return (
    <label className="pick">
      <input
        type="checkbox"
        name="ids"
        value={issue.id}
        form="bulk"
        checked={isChosen}
        onChange={(event) => onPick(issue.id, event.target.checked)}
      />
      <span className="visually-hidden">Select {issue.identifier}</span>
    </label>
  );
}

function Group({ status, rows }: { status: IssueStatus; rows: JSX.Element[] }) {
  if (rows.length === 0) return null;
  return (
    <section className="list-group">
      <h2>
        <StatusGlyph status={status} labelled={false} />
        {issueLooks[status].label}
        <span className="faint tabular">{rows.length}</span>
      </h2>
      <div className="list">{rows}</div>
    </section>
  );
}
