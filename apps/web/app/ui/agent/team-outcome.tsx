import { Link } from "@remix-run/react";
import type { HiredTeam } from "../../server/hire-team.ts";
import { ButtonLink } from "../button.tsx";
import { CopyOnce } from "../copy-once.tsx";
import { Notice } from "../notice.tsx";
import { useCompany } from "../use-company.ts";

/** What came of a team: who is hired, with the secret that their server needs; or the decision that it waits for. */
export function TeamOutcome({ team, hasMachine }: { team: HiredTeam; hasMachine: boolean }) {
  const { base } = useCompany();
  if (team.approvalId !== null) {
    return (
      <div className="stack">
        <Notice tone="attention">Nobody is hired yet. The whole team is one decision in the inbox.</Notice>
        <div className="line">
          <ButtonLink to={`${base}/plans/${team.approvalId}`} kind="primary">
            See the decision
          </ButtonLink>
        </div>
      </div>
    );
  }
  return (
    <div className="stack">
      <ul className="bordered" aria-label="Hired">
        {team.agents.map(({ id, name, title, urlKey }) => (
          <li className="row" key={id}>
            <Link className="row-link" to={`${base}/agents/${urlKey}`}>
              {name}
              {title && <span className="muted"> · {title}</span>}
            </Link>
          </li>
        ))}
      </ul>
      <Reach team={team} hasMachine={hasMachine} />
      <div className="line">
        {!team.isCalled && !hasMachine && (
          <ButtonLink to={`${base}/runners/new`} leadsTo="runnerCodes.create" kind="primary">
            Connect a machine
          </ButtonLink>
        )}
        <ButtonLink
          to={`${base}/issues/new`}
          leadsTo="issues.create"
          kind={team.isCalled || hasMachine ? "primary" : undefined}
        >
          Create an issue
        </ButtonLink>
        <ButtonLink to={`${base}/org`}>See the org chart</ButtonLink>
      </div>
    </div>
  );
}

function Reach({ team: { webhookSecret, isCalled }, hasMachine }: { team: HiredTeam; hasMachine: boolean }) {
  if (webhookSecret) {
    return (
      <CopyOnce
        title="Signing secret"
        secret={webhookSecret}
        hint="One for all of them. Put it where their server checks the signature of its webhooks."
      />
    );
  }
  if (isCalled) {
    return (
      <Notice tone="attention">
        The signing secret was shown before. Make a new one on an agent's page if you need it.
      </Notice>
    );
  }
  return hasMachine ? (
    <Notice tone="good">They run on a machine of yours as soon as there is work for them.</Notice>
  ) : (
    <Notice tone="attention">Their work waits until a machine is connected.</Notice>
  );
}
