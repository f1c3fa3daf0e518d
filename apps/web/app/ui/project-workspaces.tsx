import type { ProjectWorkspace } from "@boardroom/contract";
import Plus from "lucide-react/icons/plus";
import { cleanupChoices, modeChoices, modeNames } from "../format/workspace.ts";
import type { Machine } from "../server/adapters.ts";
import { Submit } from "./button.tsx";
import { Checkbox, Input, Radios, Select } from "./field.tsx";
import { Form, OnceKey } from "./form.tsx";
import { optionsOf } from "./labels.ts";
import { Tag } from "./notice.tsx";
import { Section } from "./page.tsx";
import { Sheet, SheetLink } from "./sheet.tsx";
import { EmptyState } from "./states.tsx";

interface WorkspacesProps {
  workspaces: ProjectWorkspace[];
  machines: Machine[];
}

/** Where the work of the project lies on the machines that do it. */
export function ProjectWorkspaces({ workspaces, machines }: WorkspacesProps) {
  return (
    <Section
      title="Workspaces"
      aside={
        <SheetLink
          sheet="add-workspace"
          leadsTo="projectWorkspaces.create"
          className="push link"
          aria-label="Add a workspace"
        >
          <Plus size={16} aria-hidden="true" />
        </SheetLink>
      }
    >
      <div className="bordered">
        {workspaces.map((workspace) => (
          <WorkspaceRow
            key={workspace.id}
            workspace={workspace}
            machine={machines.find(({ id }) => id === workspace.runnerId)?.name}
          />
        ))}
        {workspaces.length === 0 && (
          <EmptyState>
            Say in which folder or repository agents on your machines work; without one each run gets an empty folder.
          </EmptyState>
        )}
      </div>
    </Section>
  );
}

function WorkspaceRow({ workspace, machine }: { workspace: ProjectWorkspace; machine: string | undefined }) {
  const place = workspace.repoUrl ?? workspace.path;
  const facts = [modeNames[workspace.mode].toLowerCase(), workspace.defaultBranch, machine ?? "any machine"];
  return (
    <div className="row" data-tall>
      <div className="row-text">
        <SheetLink sheet={`workspace-${workspace.id}`} leadsTo="projectWorkspaces.update" className="row-link">
          {workspace.name}
          {place && <code className="muted"> {place}</code>}
        </SheetLink>
        <small>{facts.filter(Boolean).join(" · ")}</small>
      </div>
      {workspace.isPrimary && <Tag tone="active">Primary</Tag>}
    </div>
  );
}

ProjectWorkspaces.Sheets = function WorkspaceSheets({
  workspaces,
  machines,
  onceKey,
}: WorkspacesProps & { onceKey: string }) {
  return (
    <>
      <Sheet name="add-workspace" title="Add a workspace">
        <Form intent="add-workspace" replace preventScrollReset>
          <OnceKey value={onceKey} />
          <WorkspaceFields machines={machines} isFirst={workspaces.length === 0} />
          <div className="form-actions">
            <Submit intent="add-workspace">Add workspace</Submit>
          </div>
        </Form>
      </Sheet>
      {workspaces.map((workspace) => (
        <Sheet key={workspace.id} name={`workspace-${workspace.id}`} title={workspace.name}>
          <Form intent="save-workspace" replace preventScrollReset>
            <input type="hidden" name="workspaceId" value={workspace.id} />
            <WorkspaceFields workspace={workspace} machines={machines} isFirst={false} />
            <div className="form-actions">
              <Submit intent="save-workspace">Save</Submit>
              <Submit intent="delete-workspace" kind="danger" formNoValidate>
                Delete
              </Submit>
            </div>
          </Form>
        </Sheet>
      ))}
    </>
  );
};

interface FieldsProps {
  workspace?: ProjectWorkspace;
  machines: Machine[];
  isFirst: boolean;
}

function WorkspaceFields({ workspace, machines, isFirst }: FieldsProps) {
  const exact = { autoComplete: "off", autoCapitalize: "none", spellCheck: false, className: "input mono" } as const;
  return (
    <>
      <Input label="Name" name="name" maxLength={120} defaultValue={workspace?.name} placeholder="Shop" required />
      <Input
        label="Repository"
        name="repoUrl"
        maxLength={1000}
        defaultValue={workspace?.repoUrl ?? ""}
        placeholder="https://github.com/acme/shop.git"
        hint="Cloned by the runner. Nothing is ever pushed."
        optional
        {...exact}
      />
      <Input
        label="Path on the machine"
        name="path"
        maxLength={1000}
        defaultValue={workspace?.path ?? ""}
        placeholder="/home/nora/shop"
        hint="Of a folder or clone that is there already. The machine's own policy has to allow it."
        optional
        {...exact}
      />
      <div className="field-pair">
        <Input
          label="Start branches from"
          name="defaultBranch"
          maxLength={200}
          defaultValue={workspace?.defaultBranch ?? ""}
          placeholder="main"
          optional
          {...exact}
        />
        <Select
          label="Machine"
          name="runnerId"
          options={optionsOf(machines, "Any that can")}
          defaultValue={workspace?.runnerId ?? ""}
        />
      </div>
      <Radios label="Runs work in" name="mode" choices={modeChoices} defaultValue={workspace?.mode ?? "worktree"} />
      <Radios
        label="Its worktrees afterwards"
        name="cleanupPolicy"
        choices={cleanupChoices}
        defaultValue={workspace?.cleanupPolicy ?? "on_issue_closed"}
      />
      {!isFirst && !workspace?.isPrimary && (
        <Checkbox label="Primary" name="isPrimary" hint="The project's issues work here from now on." />
      )}
    </>
  );
}
