import type { Agent, InstructionsBundle } from "@boardroom/contract";
import { Link } from "@remix-run/react";
import { Submit } from "../button.tsx";
import { Input, Textarea } from "../field.tsx";
import { Form } from "../form.tsx";
import { useMay } from "../may.tsx";
import { Notice } from "../notice.tsx";
import { RelativeTime } from "../time.tsx";

interface InstructionsProps {
  agent: Agent;
  bundle: InstructionsBundle;
  /** The file that is edited; a name that isn't there yet begins a new one. */
  path: string;
}

/** What an agent is told about itself, file by file; each save makes a version. */
export function AgentInstructions({ agent, bundle, path }: InstructionsProps) {
  const may = useMay();
  const isOver = agent.status === "terminated";
  const isOld = bundle.version !== agent.instructionsVersion;
  const file = bundle.files.find((each) => each.path === path);
  const paths = bundle.files.length > 0 ? bundle.files.map((each) => each.path) : [bundle.entryFile];
  const query = isOld ? `&version=${bundle.version}` : "";
  return (
    <div className="narrow stack">
      <p className="muted">
        {bundle.entryFile} is the first thing that {agent.name} reads in each run; other files lie beside it.
        {bundle.version !== null && bundle.createdAt !== null && (
          <>
            {" "}
            Version {bundle.version}, by {bundle.authorName}, <RelativeTime at={bundle.createdAt} />.
            {bundle.version > 1 && (
              <>
                {" "}
                <Link to={`?tab=instructions&version=${bundle.version - 1}`}>The one before</Link>
              </>
            )}
          </>
        )}
      </p>
      {isOld && (
        <Notice tone="attention">
          This is an older version. <Link to="?tab=instructions">The one in force</Link>
        </Notice>
      )}
      <nav aria-label="Files" className="line">
        {paths.map((each) => (
          <Link
            key={each}
            className="button"
            data-kind={each === path ? undefined : "quiet"}
            aria-current={each === path ? "page" : undefined}
            to={`?tab=instructions&file=${encodeURIComponent(each)}${query}`}
          >
            {each}
          </Link>
        ))}
      </nav>
      <Form
        calls="agents.updateInstructions"
        isReadable
        intent="instruct"
        key={`${path}${bundle.version}`}
        action={`?tab=instructions&file=${encodeURIComponent(path)}`}
      >
        <input type="hidden" name="path" value={path} />
        <input type="hidden" name="baseVersion" value={agent.instructionsVersion ?? ""} />
        <fieldset className="form" disabled={isOver || isOld}>
          <Textarea
            label={path}
            name="content"
            rows={18}
            maxLength={100_000}
            defaultValue={file?.content ?? ""}
            className="textarea mono"
          />
          <div className="form-actions">
            <Submit intent="instruct">Save {path}</Submit>
            {file && path !== bundle.entryFile && (
              <Submit intent="uninstruct" kind="danger">
                Delete {path}
              </Submit>
            )}
          </div>
        </fieldset>
      </Form>
      {!isOver && !isOld && may("agents.updateInstructions") && (
        <form method="get" className="line">
          <input type="hidden" name="tab" value="instructions" />
          <Input label="Another file" name="file" placeholder="notes/style.md" maxLength={200} autoCapitalize="none" />
          <button type="submit" className="button">
            Write it
          </button>
        </form>
      )}
    </div>
  );
}
