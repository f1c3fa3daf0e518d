import type { SearchHit } from "@boardroom/contract";
import { Link } from "@remix-run/react";
import FileText from "lucide-react/icons/file-text";
import MessageSquare from "lucide-react/icons/message-square";
import { kindOfHit, pathOfHit } from "../../format/search-hit.ts";
import { Avatar } from "../avatar.tsx";
import { goals, issues, projects } from "../nav-places.ts";
import { StatusGlyph } from "../status-glyph.tsx";
import { useCompany } from "../use-company.ts";
import { MarkedPieces } from "./marked-pieces.tsx";

interface HitRowProps {
  hit: SearchHit;
  assignee: string | undefined;
  onOpen: () => void;
}

/** One thing that search found, with the place where the words stand. */
export function HitRow({ hit, assignee, onOpen }: HitRowProps) {
  const { base } = useCompany();
  return (
    <div className="row hit" data-tall>
      <HitGlyph hit={hit} />
      <div className="row-text">
        <Link to={base + pathOfHit(hit)} className="row-link" onClick={onOpen}>
          <MarkedPieces pieces={hit.title} />
        </Link>
        {hit.excerpt && hit.excerpt.length > 0 && (
          <small>
            <MarkedPieces pieces={hit.excerpt} />
          </small>
        )}
      </div>
      <div className="meta">
        {assignee && (
          <span className="wide-only" title={assignee}>
            <Avatar name={assignee} />
          </span>
        )}
        <span className={hit.entityType === "issue" ? "mono" : undefined}>{kindOfHit(hit)}</span>
      </div>
    </div>
  );
}

/** What kind of thing it is, as a sign. */
export function HitGlyph({ hit }: { hit: SearchHit }) {
  if (hit.entityType === "issue" && hit.issue) return <StatusGlyph status={hit.issue.status} />;
  if (hit.entityType === "agent") return <Avatar name={hit.title.map(({ text }) => text).join("")} />;
  const Icon = icons[hit.entityType];
  return <Icon size={16} className="faint" aria-hidden="true" />;
}

const icons = {
  issue: issues.Icon,
  comment: MessageSquare,
  document: FileText,
  project: projects.Icon,
  goal: goals.Icon,
};
