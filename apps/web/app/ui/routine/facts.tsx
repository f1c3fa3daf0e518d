import type { Routine } from "@boardroom/contract";
import { Link } from "@remix-run/react";
import type { ReactNode } from "react";
import { catchUpChoices, concurrencyChoices, routineStates } from "../../format/routine.ts";
import { Submit } from "../button.tsx";
import { Form } from "../form.tsx";
import { Tag } from "../notice.tsx";
import { priorityLabels } from "../priority-glyph.tsx";
import { SheetLink } from "../sheet.tsx";
import { RelativeTime } from "../time.tsx";
import { useCompany } from "../use-company.ts";

interface FactsProps {
  routine: Routine;
  assignee: { name: string; urlKey: string } | undefined;
  project: { id: string; name: string } | undefined;
}

/** Whether it fires, who gets the work, and by which rules. */
export function RoutineFacts({ routine, assignee, project }: FactsProps) {
  const { base } = useCompany();
  const { status, nextRunAt, concurrencyPolicy, catchUpPolicy } = routine;
  const concurrency = concurrencyChoices.find(([value]) => value === concurrencyPolicy)?.[1];
  const catchUp = catchUpChoices.find(([value]) => value === catchUpPolicy)?.[1];
  return (
    <div className="stack">
      <State status={status} />
      <dl className="facts">
        <Fact label="Next">{nextRunAt ? <RelativeTime at={nextRunAt} /> : "Not by itself"}</Fact>
        <Fact label="Goes to">
          {assignee ? <Link to={`${base}/agents/${assignee.urlKey}`}>{assignee.name}</Link> : "Nobody"}
        </Fact>
        {project && (
          <Fact label="Project">
            <Link to={`${base}/projects/${project.id}`}>{project.name}</Link>
          </Fact>
        )}
        <Fact label="Priority">{priorityLabels[routine.priority]}</Fact>
        <Fact label="If one is open">{concurrency}</Fact>
        <Fact label="If missed">{catchUp}</Fact>
        {routine.variables.length > 0 && (
          <Fact label="Variables">{routine.variables.map(({ name }) => name).join(", ")}</Fact>
        )}
      </dl>
    </div>
  );
}

function State({ status }: { status: Routine["status"] }) {
  const isPaused = status === "paused";
  return (
    <div className="stack" data-tight>
      <p>
        <Tag tone={routineStates[status].tone}>{routineStates[status].label}</Tag>
      </p>
      <div className="line">
        {status === "archived" ? (
          <Form calls="routines.update" intent="resume" className="line">
            <Submit intent="resume" kind="plain">
              Take it back
            </Submit>
          </Form>
        ) : (
          <>
            <Form calls="routines.update" intent={isPaused ? "resume" : "pause"} className="line">
              <Submit intent={isPaused ? "resume" : "pause"} kind="plain">
                {isPaused ? "Resume" : "Pause"}
              </Submit>
            </Form>
            <SheetLink sheet="archive" leadsTo="routines.update" className="button" data-kind="danger">
              Archive
            </SheetLink>
          </>
        )}
      </div>
    </div>
  );
}

function Fact({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className="fact">
      <dt>{label}</dt>
      <dd>{children}</dd>
    </div>
  );
}
