import type { IssueHolder } from "@boardroom/contract";
import { Link } from "@remix-run/react";
import { LiveDot } from "../live-dot.tsx";
import { Money } from "../money.tsx";
import { SheetLink } from "../sheet.tsx";
import { ClockTime, Elapsed } from "../time.tsx";
import { useCompany } from "../use-company.ts";

/** Who works on it right now, since when, for how much, and until when the lease lasts. */
export function HolderLine({ holder }: { holder: IssueHolder }) {
  const { base } = useCompany();
  return (
    <div className="holder" role="status">
      <LiveDot status="running" labelled={false} />
      <span>
        <Link to={`${base}/runs/${holder.runId}`}>
          <b>{holder.agentName}</b>
        </Link>
        , running <Elapsed from={holder.since} to={null} />, <Money cents={holder.costCents} />, lease until{" "}
        <ClockTime at={holder.leaseExpiresAt} />
      </span>
      <SheetLink sheet="force-release" leadsTo="issues.forceRelease" className="link push">
        Take it back
      </SheetLink>
    </div>
  );
}
