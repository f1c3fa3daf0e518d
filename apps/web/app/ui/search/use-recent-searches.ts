import { useEffect, useState } from "react";

const most = 6;

/** What was searched for lately in this browser, the latest first, and how to add to it. */
export function useRecentSearches(companyId: string): { recent: string[]; remember: (q: string) => void } {
  const key = `searches:${companyId}`;
  const [recent, setRecent] = useState<string[]>([]);
  useEffect(() => setRecent(readList(localStorage.getItem(key))), [key]);
  const remember = (q: string) => {
    const next = withLatest(recent, q);
    localStorage.setItem(key, JSON.stringify(next));
    setRecent(next);
  };
  return { recent, remember };
}

/** The list with this search first, once, and not longer than it may be. */
export function withLatest(recent: readonly string[], asked: string): string[] {
  const q = asked.trim();
  if (q === "") return [...recent];
  return [q, ...recent.filter((each) => each.toLowerCase() !== q.toLowerCase())].slice(0, most);
}

/** Whatever stands in the browser's storage, somebody else may have written it. */
export function readList(stored: string | null): string[] {
  try {
    const list: unknown = JSON.parse(stored ?? "[]");
    return Array.isArray(list) ? list.filter((each) => typeof each === "string").slice(0, most) : [];
  } catch {
    return [];
  }
}
