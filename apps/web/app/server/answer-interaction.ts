import { InvalidForm } from "../forms/act.ts";
import { invalidField } from "../forms/failure.ts";
import { readLines, readText } from "../forms/read.ts";
import type { CompanyActionArgs } from "./board.ts";
import type { Answered } from "./decide.ts";

/** Answers what an agent asked; undefined when the form asks for something else. */
export async function answerInteraction({ api, form, intent }: CompanyActionArgs): Promise<Answered | undefined> {
  const params = { id: readText(form, "issueId"), iid: readText(form, "interactionId") };
  const note = readLines(form, "note");
  const kind = readText(form, "interactionKind");
  switch (intent) {
    case "accept-interaction": {
      if (kind !== "suggest_tasks") {
        await api.call("interactions.accept", { params, body: { note } });
        return { answered: "Accepted. Who asked is told." };
      }
      const selectedClientKeys = readAll(form, "task");
      if (selectedClientKeys.length === 0)
        throw new InvalidForm(invalidField(form, "task", "Choose at least one task, or reject them."));
      await api.call("interactions.accept", { params, body: { note, selectedClientKeys } });
      return {
        answered:
          selectedClientKeys.length === 1
            ? "The issue is created."
            : `${selectedClientKeys.length} issues are created.`,
      };
    }
    case "respond-interaction":
      await api.call("interactions.respond", {
        params,
        body:
          kind === "ask_user_questions"
            ? { note, answers: readAnswers(form) }
            : { note, checked: readAll(form, "item") },
      });
      return { answered: "Answered. Who asked is told." };
    case "reject-interaction":
      await api.call("interactions.reject", { params, body: { note } });
      return { answered: "Rejected. Who asked is told." };
    default:
      return undefined;
  }
}

/** Words of one's own take the place of a single choice. */
function readAnswers(form: FormData) {
  return readAll(form, "question").flatMap((questionId) => {
    const otherText = readText(form, `other:${questionId}`) || null;
    const optionIds = readAll(form, `option:${questionId}`);
    return optionIds.length > 0 || otherText ? [{ questionId, optionIds, otherText }] : [];
  });
}

const readAll = (form: FormData, name: string): string[] =>
  form.getAll(name).filter((value): value is string => typeof value === "string" && value !== "");
