import { Form } from "@remix-run/react";
import X from "lucide-react/icons/x";
import { Button } from "../button.tsx";
import type { Option } from "../field.tsx";
import { optionsOf } from "../labels.ts";
import { priorityOptions } from "../priority-glyph.tsx";
import { groupOrder, statusOptions } from "./status-options.ts";

interface Named {
  id: string;
  name: string;
}

interface BulkBarProps {
  count: number;
  isBusy: boolean;
  agents: Named[];
  projects: Named[];
  /** Of the project that the list is narrowed to. */
  milestones: Named[];
  labels: Named[];
  onSend: (form: HTMLFormElement) => void;
  onClear: () => void;
}

/** To be blocked an issue needs a name and a reason of its own. */
const states = statusOptions.filter(([status]) => status !== "blocked" && groupOrder.some((each) => each === status));

/** What to change on all chosen issues at once. The boxes of the rows belong to this form. */
export function BulkBar({ count, isBusy, onSend, onClear, ...things }: BulkBarProps) {
  const { agents, projects, milestones, labels } = things;
  return (
    <Form
      id="bulk"
      method="post"
      className="bulk-bar"
      aria-label="Change the chosen issues"
      aria-busy={isBusy}
      onSubmit={(event) => {
        event.preventDefault();
        if (!isBusy) onSend(event.currentTarget);
      }}
    >
      <p className="tabular" role="status">
        {count} selected
      </p>
      <div className="bulk-fields">
        <BulkSelect label="State" name="status" options={states} />
        <BulkSelect label="Priority" name="priority" options={priorityOptions} />
        <BulkSelect label="Assignee" name="assigneeAgentId" options={withNone(agents, "Nobody")} />
        {projects.length > 0 && (
          <BulkSelect label="Project" name="projectId" options={withNone(projects, "No project")} />
        )}
        {milestones.length > 0 && (
          <BulkSelect label="Milestone" name="milestoneId" options={withNone(milestones, "No milestone")} />
        )}
        {labels.length > 0 && (
          <>
            <BulkSelect label="Add label" name="addLabelIds" options={optionsOf(labels, "").slice(1)} />
            <BulkSelect label="Remove label" name="removeLabelIds" options={optionsOf(labels, "").slice(1)} />
          </>
        )}
      </div>
      <input type="hidden" name="intent" value="bulk" />
      <Button type="submit" kind="primary" aria-disabled={isBusy || undefined}>
        Apply
      </Button>
      <Button kind="quiet" icon aria-label="Choose none" onClick={onClear}>
        <X size={16} aria-hidden="true" />
      </Button>
    </Form>
  );
}

const withNone = (things: Named[], none: string): Option[] => [
  ["none", none],
  ...things.map(({ id, name }): Option => [id, name]),
];

/** One field to change; left alone it says its name and changes nothing. */
function BulkSelect({ label, name, options }: { label: string; name: string; options: readonly Option[] }) {
  return (
    <select className="select" name={name} aria-label={label} defaultValue="">
      <option value="">{label}</option>
      {options.map(([value, text]) => (
        <option key={value} value={value}>
          {text}
        </option>
      ))}
    </select>
  );
}
