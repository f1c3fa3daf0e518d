import type { Goal } from "@boardroom/contract";
import { Input, Select, Textarea } from "./field.tsx";
import { goalLevels, goalStatuses, optionsFrom, optionsOf } from "./labels.ts";

interface GoalFieldsProps {
  goal?: Goal;
  agents: { id: string; name: string }[];
  goals: { id: string; name: string }[];
}

export function GoalFields({ goal, agents, goals }: GoalFieldsProps) {
  return (
    <>
      <Input label="Goal" name="title" maxLength={300} defaultValue={goal?.title} autoComplete="off" required />
      <Textarea
        label="Description"
        name="description"
        rows={4}
        optional
        defaultValue={goal?.description ?? ""}
        hint="How will you know that it is reached?"
      />
      <div className="field-pair">
        <Select label="Level" name="level" options={optionsFrom(goalLevels)} defaultValue={goal?.level ?? "company"} />
        <Select
          label="State"
          name="status"
          options={optionsFrom(goalStatuses)}
          defaultValue={goal?.status ?? "active"}
        />
      </div>
      <div className="field-pair">
        <Select
          label="Part of"
          name="parentId"
          options={optionsOf(
            goals.filter(({ id }) => id !== goal?.id),
            "No other goal",
          )}
          defaultValue={goal?.parentId ?? ""}
        />
        <Select
          label="Owner"
          name="ownerAgentId"
          options={optionsOf(agents, "Nobody")}
          defaultValue={goal?.ownerAgentId ?? ""}
        />
      </div>
    </>
  );
}
