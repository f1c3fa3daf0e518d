import { Link, useSearchParams } from "@remix-run/react";
import ListChecks from "lucide-react/icons/list-checks";
import { FilterBar, FilterSearch, FilterSelect } from "../filter-bar.tsx";
import { optionsOf } from "../labels.ts";
import { statusOptions } from "./status-options.ts";

interface Named {
  id: string;
  name: string;
}

interface IssueFiltersProps {
  isBoard: boolean;
  isSelecting: boolean;
  agents: Named[];
  projects: Named[];
  /** Of the chosen project. */
  milestones: Named[];
  labels: Named[];
}

const orders = [
  ["", "Newest first"],
  ["updated", "Last changed"],
  ["priority", "Most urgent"],
] as const;

/** What the list or the board is narrowed to and sorted by; all of it stands in the address, which can be shared. */
export function IssueFilters({ isBoard, isSelecting, agents, projects, milestones, labels }: IssueFiltersProps) {
  const [search] = useSearchParams();
  return (
    <FilterBar>
      {!isBoard && <SelectSwitch isSelecting={isSelecting} />}
      {["view", "select", "goal"].map(
        (name) => search.has(name) && <input key={name} type="hidden" name={name} value={search.get(name) ?? ""} />,
      )}
      <FilterSearch label="Search titles" name="q" />
      {!isBoard && <FilterSelect label="State" name="status" options={statusOptions} />}
      <FilterSelect label="Assignee" name="assignee" options={optionsOf(agents, "Anyone")} />
      {projects.length > 0 && (
        <FilterSelect label="Project" name="project" options={optionsOf(projects, "Any project")} />
      )}
      {milestones.length > 0 && (
        <FilterSelect label="Milestone" name="milestone" options={optionsOf(milestones, "Any milestone")} />
      )}
      {labels.length > 0 && <FilterSelect label="Label" name="label" options={optionsOf(labels, "Any label")} />}
      <FilterSelect label="Order" name="sort" options={orders} />
    </FilterBar>
  );
}

/** Shows a box at each row, to change several at once. */
function SelectSwitch({ isSelecting }: { isSelecting: boolean }) {
  const [search] = useSearchParams();
  const next = new URLSearchParams(search);
  if (isSelecting) next.delete("select");
  else next.set("select", "");
  return (
    <Link
      to={`?${next}`}
      replace
      preventScrollReset
      className="button select-switch"
      data-icon
      data-on={isSelecting || undefined}
      aria-label={isSelecting ? "Stop selecting" : "Select issues"}
      title={isSelecting ? "Stop selecting" : "Select issues"}
    >
      <ListChecks size={16} aria-hidden="true" />
    </Link>
  );
}
