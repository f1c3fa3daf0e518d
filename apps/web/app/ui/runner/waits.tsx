import type { RunnerWait } from "@boardroom/contract";
import { Link } from "@remix-run/react";
import { Notice } from "../notice.tsx";
import { RelativeTime } from "../time.tsx";
import { useCompany } from "../use-company.ts";

/** Why work waits for a machine, in sentences, each with whose work it is. */
export function RunnerWaits({ waits }: { waits: RunnerWait[] }) {
  const { base } = useCompany();
  if (waits.length === 0) return null;
  return (
    <div className="page-notices">
      {waits.map((wait) => (
        <Notice key={`${wait.agentId} ${wait.reason}`} tone="attention">
          <p>{wait.message}</p>
          <p className="sub">
            <Link to={`${base}/agents/${wait.agentId}`}>{wait.agentName}</Link>, since{" "}
            <RelativeTime at={wait.oldestAt} />
          </p>
        </Notice>
      ))}
    </div>
  );
}
