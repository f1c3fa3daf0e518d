import type { Milestone } from "@boardroom/contract";
import { Link } from "@remix-run/react";
import Pencil from "lucide-react/icons/pencil";
import Plus from "lucide-react/icons/plus";
import { milestoneProgress, milestoneState } from "../../format/milestone.ts";
import { formatDate } from "../../format/time.ts";
import { Tag } from "../notice.tsx";
import { Section } from "../page.tsx";
import { SheetLink } from "../sheet.tsx";
import { EmptyState } from "../states.tsx";
import { useCompany } from "../use-company.ts";
import { MilestoneSheets } from "./milestone-sheets.tsx";

/** The steps of a project: what is to be reached by when, and how far each is. */
export function Milestones({ milestones }: { milestones: Milestone[] }) {
  return (
    <Section
      title="Milestones"
      aside={
        milestones.length > 0 && (
          <SheetLink
            sheet="add-milestone"
            leadsTo="milestones.create"
            className="button push"
            data-kind="quiet"
            data-icon
            aria-label="Add a milestone"
          >
            <Plus size={16} aria-hidden="true" />
          </SheetLink>
        )
      }
    >
      <div className="bordered">
        {milestones.map((milestone) => (
          <MilestoneRow key={milestone.id} milestone={milestone} />
        ))}
        {milestones.length === 0 && (
          <EmptyState
            action={
              <SheetLink sheet="add-milestone" leadsTo="milestones.create" className="button">
                <Plus size={16} aria-hidden="true" />
                Add a milestone
              </SheetLink>
            }
          >
            A milestone is a step on the way, such as a beta: it says by when, and which issues it takes.
          </EmptyState>
        )}
      </div>
    </Section>
  );
}

Milestones.Sheets = MilestoneSheets;

function MilestoneRow({ milestone }: { milestone: Milestone }) {
  const { base } = useCompany();
  const { id, projectId, name, description, targetDate, issueCount, doneCount } = milestone;
  const now = Date.now();
  const state = milestoneState(milestone, now);
  return (
    <div className="row milestone">
      <div className="row-text">
        <Link className="row-link" to={`${base}/issues?status=all&project=${projectId}&milestone=${id}`}>
          {name}
        </Link>
        {description && <small>{description}</small>}
        <div className="milestone-facts tabular">
          {targetDate && <time dateTime={targetDate}>{formatDate(Date.parse(targetDate), now)}</time>}
          {state === "overdue" && <Tag tone="bad">Overdue</Tag>}
          {state === "done" && <Tag tone="good">Done</Tag>}
          <span>{milestoneProgress(milestone)}</span>
        </div>
        {issueCount > 0 && <ProgressBar share={doneCount / issueCount} isDone={state === "done"} />}
      </div>
      <SheetLink
        sheet={`milestone-${id}`}
        leadsTo="milestones.update"
        className="button above"
        data-kind="quiet"
        data-icon
        aria-label={`Edit ${name}`}
      >
        <Pencil size={16} aria-hidden="true" />
      </SheetLink>
    </div>
  );
}

/** How much of it is done; the words beside it say so, too. */
function ProgressBar({ share, isDone }: { share: number; isDone: boolean }) {
  return (
    <svg
      className="spend"
      data-tone={isDone ? "good" : "active"}
      viewBox="0 0 100 4"
      preserveAspectRatio="none"
      aria-hidden="true"
    >
      <rect className="track" width="100" height="4" />
      <rect width={share * 100} height="4" fill="currentColor" />
    </svg>
  );
}
