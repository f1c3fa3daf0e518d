import type { DocumentListItem } from "@boardroom/contract";
import { Link } from "@remix-run/react";
import FileText from "lucide-react/icons/file-text";
import Plus from "lucide-react/icons/plus";
import { ButtonLink } from "../button.tsx";
import { Section } from "../page.tsx";
import { RelativeTime } from "../time.tsx";

type Listed = Pick<DocumentListItem, "id" | "key" | "title" | "latestRevisionNumber" | "updatedByName" | "updatedAt">;

/** The texts that belong to an issue: a plan, a report, notes. */
export function Documents({ documents, path }: { documents: Listed[]; path: string }) {
  if (documents.length === 0) return null;
  return (
    <Section
      title="Documents"
      aside={
        <ButtonLink className="push" to={`${path}/documents/new`} leadsTo="documents.put" aria-label="Write a document">
          <Plus size={16} aria-hidden="true" />
        </ButtonLink>
      }
    >
      <ul className="bordered">
        {documents.map(({ id, key, title, latestRevisionNumber, updatedByName, updatedAt }) => (
          <li key={id} className="row" data-tall>
            <FileText size={16} aria-hidden="true" className="faint" />
            <div className="row-text">
              <Link className="row-link" to={`${path}/documents/${key}`}>
                {title}
              </Link>
              <small>
                {updatedByName}, <RelativeTime at={updatedAt} />
              </small>
            </div>
            {latestRevisionNumber > 1 && <div className="meta tabular">Version {latestRevisionNumber}</div>}
          </li>
        ))}
      </ul>
    </Section>
  );
}

export function AddDocument({ path }: { path: string }) {
  return (
    <ButtonLink kind="quiet" to={`${path}/documents/new`} leadsTo="documents.put">
      <Plus size={16} aria-hidden="true" />
      Write a document
    </ButtonLink>
  );
}
