import type { TranscriptEntry, TranscriptPage } from "@boardroom/contract";
import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import { throttle } from "../../live/throttle.ts";
import { useLogTail } from "../../live/use-log-tail.ts";

const readEveryMs = 400;
/** More than this many pages are not read to search through them: the raw log has them. */
const mostPages = 25;

interface Progress {
  entries: TranscriptEntry[];
  nextOffset: number;
  nextSeq: number;
  /** Whether there is more to read now, or more to come. */
  hasMore: boolean;
  isComplete: boolean;
}

/** A run's transcript: the page that came with the document, what was read on, and what is written meanwhile. */
export function useTranscript(first: TranscriptPage, isLive: boolean) {
  const [progress, setProgress] = useState<Progress>(() => begin(first));
  // What is true now, also between two renders: a page that was read from elsewhere than here would repeat entries.
  const latest = useRef(progress);
  const keep = useCallback((next: Progress) => {
    latest.current = next;
    setProgress(next);
  }, []);
  const reading = useRef<Promise<boolean>>();
  const [hasFailed, setFailed] = useState(false);

  /** Reads on; answers whether that brought anything. */
  const readOn = useCallback((): Promise<boolean> => {
    const from = latest.current;
    reading.current ??= readPage(first.runId, from)
      .then((page) => {
        setFailed(false);
        if (latest.current !== from) return true;
        keep(extend(from, page));
        return page.entries.length > 0;
      })
      .catch(() => {
        setFailed(true);
        return false;
      })
      .finally(() => {
        reading.current = undefined;
      });
    return reading.current;
  }, [first.runId, keep]);

  const readAll = useCallback(async () => {
    for (let page = 0; page < mostPages && latest.current.hasMore; page++) {
      if (!(await readOn())) break;
    }
  }, [readOn]);

  const catchUp = useCallback(async () => {
    for (let page = 0; page < mostPages && (await readOn()); page++);
  }, [readOn]);
  const pull = useMemo(() => throttle(() => void catchUp(), readEveryMs), [catchUp]);
  useEffect(() => pull.cancel, [pull]);
  useLogTail({ runId: first.runId, isOn: isLive, offset: progress.nextOffset, onLog: pull, onEnd: pull });
  // A live update brings the first page anew: it counts while nothing was read beyond it. Events have no tail of their own.
  useEffect(() => {
    if (first.entries.length > latest.current.entries.length) keep(begin(first));
    else if (isLive && first.nextOffset === 0 && first.entries.length > 0) pull();
  }, [first, isLive, pull, keep]);
  // What came between the last piece that was seen and the run's end.
  const wasLive = useRef(isLive);
  useEffect(() => {
    if (wasLive.current && !isLive) pull();
    wasLive.current = isLive;
  }, [isLive, pull]);
  return { ...progress, hasFailed, readOn, readAll };
}

function begin({ entries, nextOffset, nextSeq, isComplete }: TranscriptPage): Progress {
  return { entries, nextOffset, nextSeq, isComplete, hasMore: !isComplete };
}

function extend(known: Progress, page: TranscriptPage): Progress {
  const { entries, nextOffset, nextSeq, isComplete } = page;
  const hasMore = !isComplete && entries.length > 0;
  return { entries: [...known.entries, ...entries], nextOffset, nextSeq, isComplete, hasMore };
}

async function readPage(runId: string, { nextOffset, nextSeq }: Progress): Promise<TranscriptPage> {
  const answer = await fetch(`/api/heartbeat-runs/${runId}/transcript?offset=${nextOffset}&afterSeq=${nextSeq}`);
  if (!answer.ok) throw new Error(`The transcript answered ${answer.status}`);
  return answer.json();
}
