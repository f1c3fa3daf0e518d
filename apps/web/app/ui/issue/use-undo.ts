import type { Issue } from "@boardroom/contract";
import { useNavigation, useSubmit } from "@remix-run/react";
import { useEffect, useRef } from "react";
import { statesFrom } from "../../format/next-states.ts";
import { useToast } from "../toast.tsx";

const fields = {
  status: "State",
  assigneeAgentId: "Assignee",
  priority: "Priority",
  projectId: "Project",
  milestoneId: "Milestone",
  goalId: "Goal",
} as const;
type Field = keyof typeof fields;
type Values = Pick<Issue, Field>;
interface Change {
  field: Field;
  from: string;
  /** What went with the project. */
  milestoneId: string;
}

/** Offers the way back after a field was changed with one tap, where there is one. */
export function useUndo(issue: Values): void {
  const { formData, state } = useNavigation();
  const submit = useSubmit();
  const toast = useToast();
  const asked = useRef<(Change & { to: string }) | null>(null);
  const isUndoing = useRef(false);
  const before = useRef(issue);

  // What was there when the choice was sent: a live update may bring the new value before the answer does.
  useEffect(() => {
    if (!formData) before.current = issue;
  }, [formData, issue]);

  useEffect(() => {
    const field = fieldOf(formData);
    if (!field || !formData) return;
    asked.current = isUndoing.current
      ? null
      : {
          field,
          from: before.current[field] ?? "",
          to: String(formData.get(field)),
          milestoneId: before.current.milestoneId ?? "",
        };
    isUndoing.current = false;
  }, [formData]);

  useEffect(() => {
    const change = asked.current;
    if (state !== "idle" || !change || (issue[change.field] ?? "") !== change.to || change.from === change.to) return;
    asked.current = null;
    const undo = () => {
      isUndoing.current = true;
      const back = {
        [change.field]: change.from,
        ...(change.field === "projectId" && { milestoneId: change.milestoneId }),
      };
      submit({ intent: "change", ...back }, { method: "post", replace: true, preventScrollReset: true });
    };
    toast({ text: `${fields[change.field]} changed`, undo: canGoBack(change, issue) ? undo : undefined });
  }, [state, issue, submit, toast]);
}

/** The field that a choice sheet sends; the edit sheet sends others. */
function fieldOf(formData: FormData | undefined): Field | undefined {
  return (Object.keys(fields) as Field[]).find((field) => formData?.has(field));
}

function canGoBack({ field, from }: { field: Field; from: string }, issue: Values): boolean {
  return field !== "status" || statesFrom(issue.status).some((status) => status === from);
}
