import type { Project } from "@boardroom/contract";
import { EnvironmentField } from "./environment-field.tsx";
import { Input, Select, Textarea } from "./field.tsx";
import { optionsFrom, optionsOf, projectStatuses } from "./labels.ts";

interface ProjectFieldsProps {
  project?: Project;
  agents: { id: string; name: string }[];
  goals: { id: string; name: string }[];
}

export function ProjectFields({ project, agents, goals }: ProjectFieldsProps) {
  return (
    <>
      <Input label="Name" name="name" maxLength={200} defaultValue={project?.name} autoComplete="off" required />
      <Textarea label="Description" name="description" rows={4} optional defaultValue={project?.description ?? ""} />
      <div className="field-pair">
        <Select
          label="State"
          name="status"
          options={optionsFrom(projectStatuses)}
          defaultValue={project?.status ?? "in_progress"}
        />
        <Input label="Target date" name="targetDate" type="date" optional defaultValue={project?.targetDate ?? ""} />
      </div>
      <EnvironmentField
        env={project?.env}
        hint="Of the runs on its issues. Values may name secrets; only the board sets this."
      />
      <Select
        label="Lead"
        name="leadAgentId"
        options={optionsOf(agents, "Nobody")}
        defaultValue={project?.leadAgentId ?? ""}
      />
      {goals.length > 0 && (
        <fieldset>
          <legend>Goals it leads to</legend>
          {goals.map(({ id, name }) => (
            <label className="check" key={id}>
              <input type="checkbox" name="goalIds" value={id} defaultChecked={project?.goalIds.includes(id)} />
              <span>{name}</span>
            </label>
          ))}
        </fieldset>
      )}
    </>
  );
}
