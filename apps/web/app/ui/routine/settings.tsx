import type { Routine } from "@boardroom/contract";
import { Submit } from "../button.tsx";
import { Form } from "../form.tsx";
import { RoutineFields } from "./fields.tsx";

interface SettingsProps {
  routine: Routine;
  agents: { id: string; name: string }[];
  projects: { id: string; name: string }[];
  canChange: boolean;
}

export function RoutineSettings({ routine, agents, projects, canChange }: SettingsProps) {
  return (
    <div className="narrow">
      <Form calls="routines.update" isReadable intent="save">
        <fieldset className="form" disabled={!canChange}>
          <RoutineFields routine={routine} agents={agents} projects={projects} />
          <div className="form-actions">
            <Submit intent="save">Save</Submit>
          </div>
        </fieldset>
      </Form>
    </div>
  );
}
