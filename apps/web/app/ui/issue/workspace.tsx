import type { ExecutionWorkspace, WorkspaceOperation } from "@boardroom/contract";
import { Link } from "@remix-run/react";
import { isStuck, modeNames, operationNames, operationStates, workspaceStates } from "../../format/workspace.ts";
import { Submit } from "../button.tsx";
import { Textarea } from "../field.tsx";
import { Form } from "../form.tsx";
import { Notice, Tag } from "../notice.tsx";
import { Section } from "../page.tsx";
import { Sheet, SheetLink } from "../sheet.tsx";
import { Elapsed, RelativeTime } from "../time.tsx";
import { useCompany } from "../use-company.ts";

export interface WorkspaceOfIssue {
  workspace: ExecutionWorkspace;
  operations: WorkspaceOperation[];
  runnerName: string | null;
}

/** Where the issue's runs work, and each step of it with its time. A finalize that failed is said loudly. */
export function IssueWorkspace({ places }: { places: WorkspaceOfIssue[] }) {
  if (places.length === 0) return null;
  return (
    <Section title="Workspace">
      <div className="stack">
        {places.map((place) => (
          <Place key={place.workspace.id} place={place} />
        ))}
      </div>
    </Section>
  );
}

function Place({ place: { workspace, operations, runnerName } }: { place: WorkspaceOfIssue }) {
  const { base } = useCompany();
  const { label, tone } = workspaceStates[workspace.status];
  return (
    <div className="workspace">
      <div className="line">
        <code className="workspace-name">{workspace.branch ?? modeNames[workspace.mode]}</code>
        <span className="push">
          <Tag tone={tone}>{label}</Tag>
        </span>
      </div>
      <p className="sub">
        {runnerName && workspace.runnerId && (
          <>
            on <Link to={`${base}/runners/${workspace.runnerId}`}>{runnerName}</Link>
          </>
        )}
        {workspace.cwd && (
          <>
            {runnerName && " · "}
            <code>{workspace.cwd}</code>
          </>
        )}
        {workspace.baseRef && ` · from ${workspace.baseRef}`}
      </p>
      {isStuck(workspace) && <Stuck workspace={workspace} />}
      {operations.length > 0 && (
        <ol className="operations">
          {operations.map((operation) => (
            <Operation key={operation.id} operation={operation} />
          ))}
        </ol>
      )}
    </div>
  );
}

function Stuck({ workspace }: { workspace: ExecutionWorkspace }) {
  return (
    <>
      <Notice tone="bad">
        <p>
          <b>What was done here isn't finalized.</b> Work that builds on it waits.
        </p>
        {workspace.error && <p>{workspace.error}</p>}
      </Notice>
      <div className="line">
        <SheetLink
          sheet={`retry-${workspace.id}`}
          leadsTo="executionWorkspaces.update"
          className="button"
          data-kind="primary"
        >
          Try again
        </SheetLink>
        <SheetLink sheet={`override-${workspace.id}`} leadsTo="executionWorkspaces.update" className="button">
          Go on without it
        </SheetLink>
      </div>
    </>
  );
}

function Operation({ operation }: { operation: WorkspaceOperation }) {
  const { label, tone } = operationStates[operation.status];
  const { base } = useCompany();
  const name = operationNames[operation.kind];
  return (
    <li>
      <Tag tone={tone}>{label}</Tag>
      <span className="operation-name">
        {operation.runId ? <Link to={`${base}/runs/${operation.runId}`}>{name}</Link> : name}
        {operation.message && <span className="muted"> {operation.message}</span>}
      </span>
      {operation.finishedAt !== operation.startedAt && (
        <span className="faint tabular">
          <Elapsed from={operation.startedAt} to={operation.finishedAt} />
        </span>
      )}
      <span className="faint wide-only">
        <RelativeTime at={operation.startedAt} />
      </span>
    </li>
  );
}

/** What the board may say about a finalize that failed; both take a reason, which stays in the activity. */
IssueWorkspace.Sheets = function WorkspaceSheets({ places }: { places: WorkspaceOfIssue[] }) {
  return places
    .filter(({ workspace }) => isStuck(workspace))
    .map(({ workspace: { id } }) => (
      <div key={id}>
        <Sheet name={`retry-${id}`} title="Finalize again">
          <NoteForm intent="retry-finalize" id={id} confirm="Run it again">
            <p>The agent runs once more in this workspace, and finalizes it at the end.</p>
          </NoteForm>
        </Sheet>
        <Sheet name={`override-${id}`} title="Go on without it">
          <NoteForm intent="override-finalize" id={id} confirm="Go on">
            <p>The workspace counts as finalized as it is, and what waited for it goes on.</p>
          </NoteForm>
        </Sheet>
      </div>
    ));
};

interface NoteFormProps {
  intent: string;
  id: string;
  confirm: string;
  children: JSX.Element;
}

function NoteForm({ intent, id, confirm, children }: NoteFormProps) {
  return (
    <Form intent={intent} replace preventScrollReset>
      <input type="hidden" name="workspaceId" value={id} />
      {children}
      <Textarea label="Why" name="note" rows={2} maxLength={1000} hint="Kept in the activity." required />
      <div className="form-actions">
        <Submit intent={intent}>{confirm}</Submit>
      </div>
    </Form>
  );
}
