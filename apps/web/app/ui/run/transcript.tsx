import type { TranscriptPage } from "@boardroom/contract";
import { Link, useSearchParams } from "@remix-run/react";
import { lazy, Suspense, useDeferredValue, useRef, useState } from "react";
import { Button } from "../button.tsx";
import { Notice } from "../notice.tsx";
import { useIsAlive } from "../use-is-alive.ts";
import { TranscriptBlock } from "./transcript-block.tsx";
import { useTranscript } from "./use-transcript.ts";

/** Search, folding and following: loaded once the transcript is seen; without them it reads all the same. */
const TranscriptTools = lazy(() => import("./transcript-tools.tsx"));

interface TranscriptProps {
  page: TranscriptPage;
  isLive: boolean;
}

/** What the run said, thought and did, as blocks that fold; goes on by itself while the run does. */
export function Transcript({ page, isLive }: TranscriptProps) {
  const { entries, hasMore, isComplete, hasFailed, readOn, readAll } = useTranscript(page, isLive);
  const [query, setQuery] = useState("");
  const shownQuery = useDeferredValue(query.trim().toLowerCase());
  const list = useRef<HTMLOListElement>(null);
  const isAlive = useIsAlive();
  return (
    <div className="transcript">
      {isAlive && entries.length > 0 && (
        <Suspense fallback={<div className="transcript-tools" />}>
          <TranscriptTools
            list={list}
            count={entries.length}
            query={query}
            shownQuery={shownQuery}
            isLive={isLive}
            search={(typed) => {
              setQuery(typed);
              if (typed !== "" && hasMore) readAll();
            }}
          />
        </Suspense>
      )}
      {entries.length === 0 ? (
        <p className="muted">{isLive ? "Nothing said yet." : "It said nothing that could be shown here."}</p>
      ) : (
        <ol className="blocks" ref={list} aria-label="Transcript">
          {entries.map((entry, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: entries are only ever appended
            <TranscriptBlock key={at} entry={entry} query={shownQuery} />
          ))}
        </ol>
      )}
      {hasFailed && (
        <Notice tone="bad">
          What comes next could not be read. <Button onClick={() => void readOn()}>Try again</Button>
        </Notice>
      )}
      {isLive && isAlive && <p className="sub transcript-live">Goes on as the run does.</p>}
      {hasMore && !isComplete && !(isAlive && isLive) && entries.length > 0 && (
        <p className="list-end">
          {isAlive ? <Button onClick={() => void readOn()}>Show more</Button> : <NextPage page={page} />}
        </p>
      )}
    </div>
  );
}

/** The way on before JavaScript. */
function NextPage({ page }: { page: TranscriptPage }) {
  const [search] = useSearchParams();
  const onward = new URLSearchParams(search);
  onward.set("view", "transcript");
  onward.set("offset", String(page.nextOffset));
  onward.set("after", String(page.nextSeq));
  return (
    <Link className="button" to={`?${onward}`} rel="next">
      Show more
    </Link>
  );
}
