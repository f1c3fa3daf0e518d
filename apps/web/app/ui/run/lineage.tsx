import type { RunAncestor } from "@boardroom/contract";
import { Link } from "@remix-run/react";
import { nameCause } from "../../format/wake.ts";
import { RunGlyph } from "../run-status.tsx";
import { RelativeTime } from "../time.tsx";
import { useCompany } from "../use-company.ts";

/** The chain of causes, the first one on top: each run with what woke it, down to this run. */
export function RunLineage({ line }: { line: RunAncestor[] }) {
  return (
    <ol className="lineage">
      {line.map((ancestor, at) => (
        <Ancestor key={ancestor.runId} ancestor={ancestor} before={line[at - 1]} />
      ))}
    </ol>
  );
}

function Ancestor({ ancestor, before }: { ancestor: RunAncestor; before: RunAncestor | undefined }) {
  const { base } = useCompany();
  const isThis = ancestor.ledTo === null;
  const causedBy = ancestor.causedBy ?? (before?.ledTo === "caused" ? before.agentName : null);
  const name = `${ancestor.agentName}'s run`;
  return (
    <li aria-current={isThis ? "true" : undefined}>
      <RunGlyph status={ancestor.status} />
      <div>
        {isThis ? <b>This run</b> : <Link to={`${base}/runs/${ancestor.runId}`}>{name}</Link>}
        {ancestor.issueIdentifier && !isThis && <span className="faint"> {ancestor.issueIdentifier}</span>}
        <p className="sub">
          {before?.ledTo === "retried" ? "Tried it again" : `Woken by ${nameCause({ ...ancestor, causedBy })}`}
          {" · "}
          <RelativeTime at={ancestor.createdAt} />
        </p>
      </div>
    </li>
  );
}
