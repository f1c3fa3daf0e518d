import type { Routine } from "@boardroom/contract";
import { catchUpChoices, concurrencyChoices } from "../../format/routine.ts";
import { EnvironmentField } from "../environment-field.tsx";
import { Input, Radios, Select, Textarea } from "../field.tsx";
import { optionsOf } from "../labels.ts";
import { priorityOptions } from "../priority-glyph.tsx";
import { VariablesField } from "./variables-field.tsx";

interface RoutineFieldsProps {
  routine?: Routine;
  agents: { id: string; name: string }[];
  projects: { id: string; name: string }[];
}

/** What each fire makes: the issue, who gets it, and what happens when the one before isn't done. */
export function RoutineFields({ routine, agents, projects }: RoutineFieldsProps) {
  return (
    <>
      <Input
        label="Title"
        name="title"
        maxLength={300}
        defaultValue={routine?.title}
        autoComplete="off"
        placeholder="Weekly sales report"
        hint="Of the issue that each fire creates. {{date}} becomes its day."
        required
      />
      <Textarea
        label="Description"
        name="description"
        rows={4}
        maxLength={20_000}
        optional
        defaultValue={routine?.description ?? ""}
      />
      <div className="field-pair">
        <Select
          label="Assignee"
          name="assigneeAgentId"
          options={optionsOf(agents, "Nobody")}
          defaultValue={routine?.assigneeAgentId ?? ""}
        />
        <Select
          label="Priority"
          name="priority"
          options={priorityOptions}
          defaultValue={routine?.priority ?? "medium"}
        />
      </div>
      {projects.length > 0 && (
        <Select
          label="Project"
          name="projectId"
          options={optionsOf(projects, "None")}
          defaultValue={routine?.projectId ?? ""}
        />
      )}
      <Radios
        label="When its last issue is still open"
        name="concurrencyPolicy"
        choices={concurrencyChoices}
        defaultValue={routine?.concurrencyPolicy ?? "coalesce_if_active"}
      />
      <Radios
        label="When times were missed"
        name="catchUpPolicy"
        choices={catchUpChoices}
        defaultValue={routine?.catchUpPolicy ?? "skip_missed"}
      />
      <EnvironmentField
        env={routine?.env}
        hint="Of the runs that it causes. Values may name secrets; only the board sets this."
      />
      <VariablesField variables={routine?.variables ?? []} />
    </>
  );
}
