import { Link } from "@remix-run/react";
import type { ReactNode } from "react";
import type { ShownActivity } from "../server/show-activity.ts";
import { Avatar } from "./avatar.tsx";
import { RelativeTime } from "./time.tsx";
import { useCompany } from "./use-company.ts";

/** One line of the log: who did what to which thing, when. */
export function ActivityRow({ entry, aside }: { entry: ShownActivity; aside?: ReactNode }) {
  const { base } = useCompany();
  const { actor, isPerson, before, after, target, path, runId } = entry;
  return (
    <li className="row" data-quiet>
      <Avatar name={actor} person={isPerson} />
      <p className="row-text-line">
        <b>{actor}</b> {before} {target && (path ? <Link to={base + path}>{target}</Link> : target)}
        {after}
      </p>
      <div className="meta">
        {runId && (
          <Link to={`${base}/runs/${runId}`} className="wide-only">
            run
          </Link>
        )}
        {aside}
        <RelativeTime at={entry.createdAt} />
      </div>
    </li>
  );
}
