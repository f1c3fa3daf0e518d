import type { Page as PageOf, Routine, RoutineRun } from "@boardroom/contract";
import { Section } from "../page.tsx";
import { Prose } from "../prose.tsx";
import { RoutineFacts } from "./facts.tsx";
import { RoutineRuns } from "./runs.tsx";
import { Triggers } from "./triggers.tsx";

interface OverviewProps {
  routine: Routine;
  descriptionHtml: string;
  runs: PageOf<RoutineRun>;
  agents: { id: string; name: string; urlKey: string }[];
  projects: { id: string; name: string }[];
  canChange: boolean;
}

/** What fires the routine, what came of it so far, and by which rules. */
export function RoutineOverview({ routine, descriptionHtml, runs, agents, projects, canChange }: OverviewProps) {
  return (
    <div className="split">
      <div className="stack" data-wide>
        {routine.description && <Prose html={descriptionHtml} />}
        <Section title="Fires">
          <Triggers triggers={routine.triggers} canChange={canChange} />
        </Section>
        <Section title="History">
          <RoutineRuns page={runs} />
        </Section>
      </div>
      <div className="aside first-on-phone">
        <RoutineFacts
          routine={routine}
          assignee={agents.find(({ id }) => id === routine.assigneeAgentId)}
          project={projects.find(({ id }) => id === routine.projectId)}
        />
      </div>
    </div>
  );
}
