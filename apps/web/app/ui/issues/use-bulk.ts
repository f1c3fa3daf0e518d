import { useFetcher } from "@remix-run/react";
import { useEffect, useRef } from "react";
import { type BulkIssue, type BulkSet, undoGroups } from "../../format/bulk-undo.ts";
import { isFailure } from "../../forms/use-result.ts";
import type { BulkOutcome } from "../../server/issue-list-actions.ts";
import { useToast } from "../toast.tsx";

/**
 * Sends a change of many issues, says what came of it, and offers the way back for those that changed.
 * @param done gets the ids that were refused: they stay chosen
 */
export function useBulk(issues: readonly BulkIssue[], done: (refusedIds: string[]) => void) {
  const fetcher = useFetcher<BulkOutcome>();
  const toast = useToast();
  const asked = useRef<{ before: BulkIssue[]; set: BulkSet } | null>(null);
  const answered = useRef<unknown>();
  const { data, submit } = fetcher;

  useEffect(() => {
    if (!data || data === answered.current) return;
    answered.current = data;
    if (isFailure(data)) return toast({ text: data.message });
    const { changedIds, refused, isUndo } = data.bulk;
    if (isUndo)
      return toast({ text: refused.length === 0 ? "As it was before" : `${refused.length} could not go back` });
    const changed = asked.current?.before.filter(({ id }) => changedIds.includes(id)) ?? [];
    const groups = asked.current ? undoGroups(changed, asked.current.set) : [];
    const undo = () => submit({ intent: "bulk-undo", groups: JSON.stringify(groups) }, { method: "post" });
    toast({ text: saysChanged(changedIds.length), undo: groups.length > 0 ? undo : undefined });
    done(refused.map(({ id }) => id));
  }, [data, submit, toast, done]);

  return {
    isBusy: fetcher.state !== "idle",
    outcome: data && !isFailure(data) && !data.bulk.isUndo ? data.bulk : undefined,
    send(form: HTMLFormElement) {
      const body = new FormData(form);
      const ids = body.getAll("ids").map(String);
      asked.current = { before: issues.filter(({ id }) => ids.includes(id)), set: setOf(body) };
      submit(body, { method: "post" });
    },
  };
}

const saysChanged = (count: number) => (count === 1 ? "1 issue changed" : `${count} issues changed`);

/** The change that the form asks for, as the server will read it. */
function setOf(body: FormData): BulkSet {
  const set: Record<string, unknown> = {};
  for (const [name, value] of body) {
    if (name === "intent" || name === "ids" || value === "") continue;
    set[name] = name.endsWith("LabelIds") ? [value] : value === "none" ? null : value;
  }
  return set;
}
