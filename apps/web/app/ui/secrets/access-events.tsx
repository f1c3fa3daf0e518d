import type { SecretAccessEvent } from "@boardroom/contract";
import { Link, useSearchParams } from "@remix-run/react";
import { ListEnd } from "../states.tsx";
import { RelativeTime } from "../time.tsx";
import { useCompany } from "../use-company.ts";

const purposes: Record<string, string> = {
  run: "for a run",
  poll: "to ask how a run does",
  cancel: "to stop a run",
  test: "to test the connection",
};

interface AccessEventsProps {
  events: SecretAccessEvent[];
  nextCursor: string | null;
}

/** Each time that a value was given out: to whom and what for. */
export function AccessEvents({ events, nextCursor }: AccessEventsProps) {
  const { base } = useCompany();
  const [search] = useSearchParams();
  if (events.length === 0)
    return <p className="muted">Not yet. Each time it is given to a run is written down here.</p>;
  return (
    <>
      <div className="bordered">
        {events.map(({ id, agentName, runId, secretVersion, purpose, createdAt }) => (
          <div className="row" data-tall key={id}>
            <div className="row-text">
              {runId ? (
                <Link to={`${base}/runs/${runId}`} className="row-link">
                  {agentName ?? "An agent"}
                </Link>
              ) : (
                <span>{agentName ?? "The board"}</span>
              )}
              <small>
                {purposes[purpose] ?? purpose}, version {secretVersion}
              </small>
            </div>
            <div className="meta">
              <RelativeTime at={createdAt} />
            </div>
          </div>
        ))}
      </div>
      {nextCursor && <ListEnd nextCursor={nextCursor} search={search} all="" />}
    </>
  );
}
