import type { Activity } from "@boardroom/contract";

/** What changed since somebody was last here, counted. */
export interface NewsLine {
  key: string;
  count: number;
  text: string;
  /** Where it is read, below the company's path. */
  to: string;
}

export interface News {
  lines: NewsLine[];
  /** There was more than could be read: each count is the least. */
  isCut: boolean;
}

type Entry = Pick<Activity, "action" | "details" | "createdAt">;

interface Kind {
  key: string;
  is: (entry: Entry) => boolean;
  one: string;
  many: string;
  to: string;
}

const isAction =
  (pattern: RegExp) =>
  ({ action }: Entry) =>
    pattern.test(action);
const enters = (status: string) => (entry: Entry) => {
  if (entry.action !== "issue.status_changed") return false;
  const changes = entry.details?.changes;
  const change = typeof changes === "object" && changes !== null && "status" in changes ? changes.status : undefined;
  return typeof change === "object" && change !== null && "to" in change && change.to === status;
};

/** What one wants to know first stands first. */
const kinds: Kind[] = [
  {
    key: "failed",
    is: isAction(/^run\.(failed|lost|timed_out)$/),
    one: "run failed",
    many: "runs failed",
    to: "/runs?status=failed",
  },
  { key: "blocked", is: enters("blocked"), one: "issue blocked", many: "issues blocked", to: "/issues?status=blocked" },
  { key: "done", is: enters("done"), one: "issue done", many: "issues done", to: "/issues?status=done&sort=updated" },
  { key: "finished", is: isAction(/^run\.succeeded$/), one: "run finished", many: "runs finished", to: "/runs" },
  {
    key: "asked",
    is: isAction(/^(approval|interaction)\.(requested|created|asked)$/),
    one: "question asked",
    many: "questions asked",
    to: "/inbox",
  },
  {
    key: "decided",
    is: isAction(/^approval\.(approved|rejected)$/),
    one: "decision",
    many: "decisions",
    to: "/inbox?tab=decided",
  },
  { key: "hired", is: isAction(/^agent\.hired$/), one: "agent hired", many: "agents hired", to: "/agents" },
  { key: "created", is: isAction(/^issue\.created$/), one: "new issue", many: "new issues", to: "/issues" },
  {
    key: "comments",
    is: isAction(/^issue\.comment_added$/),
    one: "comment",
    many: "comments",
    to: "/activity?action=issue.comment_added",
  },
];

/** Counts the entries since then; they come newest first, at most so many. */
export function readNews(entries: readonly Entry[], since: string, most: number): News {
  const fresh = entries.filter(({ createdAt }) => createdAt > since);
  const lines = kinds.flatMap(({ key, is, one, many, to }) => {
    const count = fresh.filter(is).length;
    return count === 0 ? [] : [{ key, count, text: count === 1 ? one : many, to }];
  });
  return { lines, isCut: fresh.length >= most };
}
