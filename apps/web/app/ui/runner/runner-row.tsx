import type { Runner } from "@boardroom/contract";
import { Link } from "@remix-run/react";
import { listOffers } from "../../format/runner.ts";
import { Tag } from "../notice.tsx";
import { useCompany } from "../use-company.ts";
import { RunnerDot, RunnerPresence } from "./runner-state.tsx";

/** A machine in a row: whether it is there, what it offers, how much of it is in use. */
export function RunnerRow({ runner, labels }: { runner: Runner; labels: Record<string, string> }) {
  const { base } = useCompany();
  return (
    <div className="row" data-tall>
      <RunnerDot runner={runner} />
      <div className="row-text">
        <Link to={`${base}/runners/${runner.id}`} className="row-link">
          {runner.name}
          {runner.host.hostname !== runner.name && <span className="muted"> · {runner.host.hostname}</span>}
        </Link>
        <small>
          <RunnerPresence runner={runner} />
          {" · "}
          {runner.adapters.length > 0 ? listOffers(runner.adapters, labels, 3) : "no program found"}
        </small>
      </div>
      <div className="meta">
        {runner.labels.slice(0, 3).map((label) => (
          <span key={label} className="wide-only">
            <Tag>{label}</Tag>
          </span>
        ))}
        {runner.status !== "revoked" && (
          <span className="tabular">
            {runner.usedSlots} of {runner.slots}
            <span className="visually-hidden"> slots in use</span>
          </span>
        )}
      </div>
    </div>
  );
}
