import { useEffect, useState } from "react";
import type { TimelineEntry } from "../../server/issue-timeline.ts";

interface Read {
  issueId: string;
  lastReadAt: string | null;
  /** Who reads. */
  userId: string;
  entries: TimelineEntry[];
}

/**
 * Says that one has read the issue whose page is open, each time something is added to it, and which entry was the first new one
 * when the page was opened: the line above that stays where it is while one reads.
 */
export function useReadState(read: Read): string | null {
  const { issueId, entries } = read;
  const [opened, setOpened] = useState(() => ({ issueId, firstNewId: findFirstNew(read) }));
  if (opened.issueId !== issueId) setOpened({ issueId, firstNewId: findFirstNew(read) });
  const newestId = entries[entries.length - 1]?.id;
  // biome-ignore lint/correctness/useExhaustiveDependencies: read again for each entry that is added
  useEffect(() => {
    // Away from the server nothing is read, and the page goes on: not worth an error.
    if (document.visibilityState === "visible") {
      fetch(`/api/issues/${issueId}/read`, { method: "POST" })
        .then((answer) => answer.text())
        .catch(() => undefined);
    }
  }, [issueId, newestId]);
  return opened.firstNewId;
}

/** Everything is new on a first visit, so nothing is set apart; nor is what one did oneself. */
function findFirstNew({ lastReadAt, userId, entries }: Read): string | null {
  if (lastReadAt === null) return null;
  return entries.find((entry) => entry.at > lastReadAt && authorOf(entry) !== userId)?.id ?? null;
}

function authorOf(entry: TimelineEntry): string | null {
  if (entry.kind === "comment") return entry.comment.authorUserId;
  return entry.kind === "activity" ? entry.entry.actorId : null;
}
