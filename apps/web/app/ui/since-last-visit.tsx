import { Link } from "@remix-run/react";
import type { News } from "../format/news.ts";
import { Section } from "./page.tsx";
import { RelativeTime } from "./time.tsx";
import { useCompany } from "./use-company.ts";

/** What changed while somebody was away, counted; each figure opens what it counts. */
export function SinceLastVisit({ news, since }: { news: News; since: string }) {
  const { base } = useCompany();
  if (news.lines.length === 0) return null;
  return (
    <Section
      title="Since your last visit"
      aside={
        <span className="push">
          <RelativeTime at={since} />
        </span>
      }
    >
      <ul className="news">
        {news.lines.map(({ key, count, text, to }) => (
          <li key={key}>
            <Link to={base + to} className="button">
              <b className="tabular">
                {count}
                {news.isCut && "+"}
              </b>
              {text}
            </Link>
          </li>
        ))}
      </ul>
    </Section>
  );
}
