import type { IssueDetail } from "@boardroom/contract";
import { Link } from "@remix-run/react";
import type { ReactNode } from "react";
import { useMay } from "../may.tsx";
import { SheetLink } from "../sheet.tsx";
import { useCompany } from "../use-company.ts";

interface TraceProps {
  issue: Pick<IssueDetail, "trace" | "ancestors" | "projectId">;
  /** Whether the company has goals to choose from. */
  hasGoals: boolean;
}

/** What the work is for, from the company's goal down to the issue it is a part of. */
export function Trace({ issue: { trace, ancestors }, hasGoals }: TraceProps) {
  const { base } = useCompany();
  const { goals, project, milestone } = trace;
  return (
    <nav className="trace" aria-label="What it is for">
      <ol>
        {goals.length === 0 && <Step>{<NoGoal hasGoals={hasGoals} />}</Step>}
        {goals.map(({ id, title }) => (
          <Step key={id} to={`${base}/goals/${id}`} noun="Goal">
            {title}
          </Step>
        ))}
        {project && (
          <Step to={`${base}/projects/${project.id}`} noun="Project">
            {project.name}
          </Step>
        )}
        {project && milestone && (
          <Step to={`${base}/issues?status=all&project=${project.id}&milestone=${milestone.id}`} noun="Milestone">
            {milestone.name}
          </Step>
        )}
        {ancestors.map(({ id, identifier, title }) => (
          <Step key={id} to={`${base}/issues/${identifier}`} noun="Part of">
            {identifier} {title}
          </Step>
        ))}
      </ol>
    </nav>
  );
}

function Step({ to, noun, children }: { to?: string; noun?: string; children: ReactNode }) {
  return (
    <li>
      {to === undefined ? (
        children
      ) : (
        <Link to={to} title={noun}>
          {noun && <span className="visually-hidden">{noun}: </span>}
          {children}
        </Link>
      )}
    </li>
  );
}

/** Work that leads to nothing asks for something to lead to. */
function NoGoal({ hasGoals }: { hasGoals: boolean }) {
  const { base } = useCompany();
  const may = useMay();
  if (hasGoals && may("issues.update")) {
    return (
      <>
        No goal. <SheetLink sheet="goalId">Choose one</SheetLink>
      </>
    );
  }
  if (!may("goals.create")) return <>No goal</>;
  return (
    <>
      The company has no goal yet. <Link to={`${base}/goals/new`}>Write one</Link>
    </>
  );
}
