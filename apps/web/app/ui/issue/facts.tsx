import type { IssueDetail } from "@boardroom/contract";
import { Link } from "@remix-run/react";
import type { ReactNode } from "react";
import { statesFrom } from "../../format/next-states.ts";
import { modeNames } from "../../format/workspace.ts";
import { Avatar } from "../avatar.tsx";
import { ChoiceSheet } from "../choice-sheet.tsx";
import { LabelTags } from "../label-dot.tsx";
import { May } from "../may.tsx";
import { Money } from "../money.tsx";
import { PriorityGlyph, priorityLabels } from "../priority-glyph.tsx";
import { SheetLink } from "../sheet.tsx";
import { issueLooks, StatusGlyph } from "../status-glyph.tsx";
import { RelativeTime } from "../time.tsx";
import { useCompany } from "../use-company.ts";

interface Named {
  id: string;
  name: string;
}
interface Choices {
  issue: IssueDetail;
  agents: (Named & { urlKey: string })[];
  projects: Named[];
  /** Of its project. */
  milestones: Named[];
  goals: Named[];
  /** Somebody's machine works on it, so that it has a place there. */
  hasPlace: boolean;
}

/** What the issue is set to; a tap on any of it changes it. */
export function IssueFacts({ issue, totalCents, ...choices }: Choices & { totalCents: number }) {
  const { agents, projects, milestones, goals, hasPlace } = choices;
  const { base } = useCompany();
  const mode = issue.executionWorkspaceSettings?.mode;
  const nameIn = (things: Named[], id: string | null) => things.find((thing) => thing.id === id)?.name;
  const assignee = nameIn(agents, issue.assigneeAgentId);
  return (
    <dl className="facts">
      <Fact label="State" sheet="status">
        <StatusGlyph status={issue.status} labelled={false} />
        {issueLooks[issue.status].label}
      </Fact>
      <Fact label="Assignee" sheet="assigneeAgentId">
        {assignee && <Avatar name={assignee} />}
        {assignee ?? (issue.assigneeAgentId ? "A former agent" : "Nobody")}
      </Fact>
      <Fact label="Priority" sheet="priority">
        <PriorityGlyph priority={issue.priority} />
        {priorityLabels[issue.priority]}
      </Fact>
      <Fact label="Project" sheet="projectId">
        <span className="clip">{nameIn(projects, issue.projectId) ?? "No project"}</span>
      </Fact>
      {milestones.length > 0 && (
        <Fact label="Milestone" sheet="milestoneId">
          <span className="clip">{nameIn(milestones, issue.milestoneId) ?? "No milestone"}</span>
        </Fact>
      )}
      <Fact label="Goal" sheet="goalId">
        <span className="clip">{nameIn(goals, issue.goalId) ?? "No goal"}</span>
      </Fact>
      <Fact label="Labels" sheet="labels">
        {issue.labels.length === 0 ? "No labels" : <LabelTags labels={issue.labels} />}
      </Fact>
      {hasPlace && (
        <Fact label="Works in" sheet="workspaceMode">
          {mode ? modeNames[mode] : "Its project's workspace"}
        </Fact>
      )}
      <div className="fact">
        <dt>Cost</dt>
        <dd>
          <Link to={`${base}/costs/events?issue=${issue.id}`}>
            <Money cents={issue.costCents} />
          </Link>
          {totalCents > issue.costCents && (
            <span className="faint">
              <Money cents={totalCents} /> with sub-issues
            </span>
          )}
        </dd>
      </div>
      <div className="fact">
        <dt>Created</dt>
        <dd>
          <RelativeTime at={issue.createdAt} />
        </dd>
      </div>
      {issue.completedAt && (
        <div className="fact">
          <dt>Done</dt>
          <dd>
            <RelativeTime at={issue.completedAt} />
          </dd>
        </div>
      )}
    </dl>
  );
}

/** There is nothing to choose from yet. */
function WriteGoal() {
  const { base } = useCompany();
  return <Link to={`${base}/goals/new`}>Write a goal</Link>;
}

function Fact({ label, sheet, children }: { label: string; sheet: string; children: ReactNode }) {
  return (
    <div className="fact">
      <dt>{label}</dt>
      <dd>
        <May call="issues.update" otherwise={children}>
          <SheetLink sheet={sheet} className="fact-button">
            <span className="visually-hidden">Change {label.toLowerCase()}: </span>
            {children}
          </SheetLink>
        </May>
      </dd>
    </div>
  );
}

/** Blocked needs a name, and is no choice for one tap. */
const choosable = (status: IssueDetail["status"]) =>
  statesFrom(status).filter((each) => each !== "blocked" || status === "blocked");

IssueFacts.Sheets = function FactSheets({ issue, agents, projects, milestones, goals, hasPlace }: Choices) {
  const pick = (things: Named[], none: string, sign?: (name: string) => ReactNode) => [
    { value: "", label: none },
    ...things.map(({ id, name }) => ({ value: id, label: name, sign: sign?.(name) })),
  ];
  return (
    <>
      <ChoiceSheet
        name="status"
        title="State"
        current={issue.status}
        more={
          statesFrom(issue.status).includes("blocked") && (
            <SheetLink sheet="blocked" replace>
              <StatusGlyph status="blocked" labelled={false} />
              {issue.status === "blocked" ? "Change who acts" : issueLooks.blocked.label}
            </SheetLink>
          )
        }
        choices={choosable(issue.status).map((status) => ({
          value: status,
          label: issueLooks[status].label,
          sign: <StatusGlyph status={status} labelled={false} />,
        }))}
      />
      <ChoiceSheet
        name="assigneeAgentId"
        title="Assignee"
        current={issue.assigneeAgentId ?? ""}
        choices={pick(agents, "Nobody", (name) => <Avatar name={name} />)}
      />
      <ChoiceSheet
        name="priority"
        title="Priority"
        current={issue.priority}
        choices={(["critical", "high", "medium", "low"] as const).map((priority) => ({
          value: priority,
          label: priorityLabels[priority],
          sign: <PriorityGlyph priority={priority} />,
        }))}
      />
      <ChoiceSheet
        name="projectId"
        title="Project"
        current={issue.projectId ?? ""}
        choices={pick(projects, "No project")}
      />
      <ChoiceSheet
        name="milestoneId"
        title="Milestone"
        current={issue.milestoneId ?? ""}
        choices={pick(milestones, "No milestone")}
      />
      <ChoiceSheet
        name="goalId"
        title="Goal"
        current={issue.goalId ?? ""}
        choices={goals.map(({ id, name }) => ({ value: id, label: name }))}
        more={goals.length === 0 && <WriteGoal />}
      />
      {hasPlace && (
        <ChoiceSheet
          name="workspaceMode"
          title="Where its runs work"
          current={issue.executionWorkspaceSettings?.mode ?? ""}
          choices={[
            { value: "", label: "Its project's workspace" },
            { value: "worktree", label: modeNames.worktree },
            { value: "shared", label: modeNames.shared },
          ]}
        />
      )}
    </>
  );
};
