import type { Interaction } from "@boardroom/contract";

type Asked = Pick<Interaction, "kind" | "payload" | "result">;

/** What somebody asks for, to stand after their name: "asks for your yes". */
export function nameQuestion(kind: Interaction["kind"], isPending: boolean): string {
  const verb = (now: string, then: string) => (isPending ? now : then);
  switch (kind) {
    case "suggest_tasks":
      return verb("suggests tasks", "suggested tasks");
    case "ask_user_questions":
      return verb("has questions", "had questions");
    case "request_checkbox_confirmation":
      return verb("asks what you want", "asked what you want");
    default:
      return verb("asks for your yes", "asked for your yes");
  }
}

/** Who answered, what they chose and what they said, in one line; null when there is nothing to say. */
export function describeAnswer({ kind, payload, result }: Asked): string | null {
  const parts = [textOf(result?.byName), textOf(result?.reason), chosen(kind, payload, result), textOf(result?.note)];
  return parts.filter(Boolean).join(": ") || null;
}

export interface CreatedTask {
  issueId: string;
  identifier: string;
  title: string;
}

/** The issues that suggested tasks became. */
export function readCreatedTasks(result: Interaction["result"]): CreatedTask[] {
  return listOf(result?.createdTasks).flatMap(({ issueId, identifier, title }) =>
    typeof issueId === "string" && typeof identifier === "string" && typeof title === "string"
      ? [{ issueId, identifier, title }]
      : [],
  );
}

function chosen(
  kind: Interaction["kind"],
  payload: Interaction["payload"],
  result: Interaction["result"],
): string | null {
  if (kind === "request_checkbox_confirmation" && Array.isArray(result?.checked)) {
    const { checked } = result;
    const labels = listOf(payload.items).flatMap(({ id, label }) => (checked.includes(id) ? [String(label)] : []));
    return labels.length > 0 ? labels.join(", ") : "nothing";
  }
  if (kind !== "ask_user_questions") return null;
  const questions = listOf(payload.questions);
  const answers = listOf(result?.answers).map(({ questionId, optionIds, otherText }) => {
    const options = listOf(questions.find(({ id }) => id === questionId)?.options);
    const labels = options.flatMap(({ id, label }) =>
      Array.isArray(optionIds) && optionIds.includes(id) ? [String(label)] : [],
    );
    return [...labels, textOf(otherText)].filter(Boolean).join(", ");
  });
  return answers.filter(Boolean).join(" · ") || null;
}

function listOf(value: unknown): Record<string, unknown>[] {
  return Array.isArray(value) ? value.filter((each) => typeof each === "object" && each !== null) : [];
}

function textOf(value: unknown): string | null {
  return typeof value === "string" && value.trim() !== "" ? value : null;
}
