import type { Page as PageOf, Wake } from "@boardroom/contract";
import { Link, useSearchParams } from "@remix-run/react";
import { describeWake } from "../../format/wake-reason.ts";
import { Tag, type Tone } from "../notice.tsx";
import { sourceLabels } from "../run-status.tsx";
import { EmptyState, ListEnd } from "../states.tsx";
import { RelativeTime } from "../time.tsx";
import { useCompany } from "../use-company.ts";

const looks: Record<Wake["status"], { label: string; tone: Tone }> = {
  open: { label: "Waits", tone: "attention" },
  claimed: { label: "Running", tone: "active" },
  done: { label: "Ran", tone: "good" },
  coalesced: { label: "Merged", tone: "neutral" },
  skipped: { label: "Skipped", tone: "neutral" },
};

/** Why the agent woke, and why it did not. */
export function AgentWakes({ page }: { page: PageOf<Wake> }) {
  const { base } = useCompany();
  const [search] = useSearchParams();
  if (page.items.length === 0) {
    return (
      <EmptyState>
        Nothing woke it yet. Each cause is written down here, also the ones that were skipped, with the reason.
      </EmptyState>
    );
  }
  return (
    <>
      <div className="bordered">
        {page.items.map((wake) => (
          <div className="row" data-tall key={wake.id}>
            <div className="row-text">
              {wake.runId ? (
                <Link className="row-link" to={`${base}/runs/${wake.runId}`}>
                  {describeWake(wake.reason)}
                </Link>
              ) : (
                <span>{describeWake(wake.reason)}</span>
              )}
              <small>
                {sourceLabels[wake.source]}
                {wake.coalescedCount > 0 && `, ${wake.coalescedCount} more merged into it`}
                {wake.skipReason && ` · skipped: ${describeWake(wake.skipReason)}`}
              </small>
            </div>
            <div className="meta">
              <Tag tone={looks[wake.status].tone}>{looks[wake.status].label}</Tag>
              <RelativeTime at={wake.createdAt} />
            </div>
          </div>
        ))}
      </div>
      <ListEnd nextCursor={page.nextCursor} search={search} all="These are all." />
    </>
  );
}
