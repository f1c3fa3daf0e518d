import { BoardroomError, type Interaction, type InteractionAnswer } from "@boardroom/contract";
import { type SQL, sql } from "drizzle-orm";
import { textArray } from "../column-values.ts";
import type { Ctx } from "../context.ts";
import type { InputOf } from "../input.ts";
import { resolveInteraction } from "./resolve-interaction.ts";

/**
 * Answers questions, or ticks what is wanted of a list.
 * @throws BoardroomError as `resolveInteraction`; invalid_request for answers that don't fit the questions
 */
export async function respondInteraction(ctx: Ctx, input: InputOf<"interactions.respond">): Promise<Interaction> {
  const { answers, checked, ...answer } = input;
  if ((answers === undefined) === (checked === undefined)) {
    throw new BoardroomError("invalid_request", "Give `answers` to questions, or what is `checked` of a list.");
  }
  const given = answers
    ? { kinds: ["ask_user_questions"] as const, said: { answers: answers.map(tidy) }, limits: answerLimits(answers) }
    : { kinds: ["request_checkbox_confirmation"] as const, said: { checked }, limits: checkLimits(checked ?? []) };
  return resolveInteraction(ctx, {
    ...answer,
    outcome: "answered",
    isYes: answers === undefined,
    ...given,
    said: sql`${JSON.stringify(given.said)}::jsonb`,
  });
}

const tidy = ({ questionId, optionIds, otherText }: InteractionAnswer) => ({
  questionId,
  optionIds: [...new Set(optionIds)],
  otherText: otherText?.trim() || null,
});

/** Every answer is to a question that was asked, with options that it has; none that has to be answered is left out. */
function answerLimits(answers: readonly InteractionAnswer[]): SQL {
  const given = sql`jsonb_to_recordset(${JSON.stringify(answers.map(tidy))}::jsonb)
    as a ("questionId" text, "optionIds" jsonb, "otherText" text)`;
  const asked = sql`jsonb_array_elements(k.payload -> 'questions') q`;
  const isEmpty = sql`jsonb_array_length(a."optionIds") + (a."otherText" is not null)::int`;
  return sql`
    when (select count(distinct a."questionId") from ${given}) < ${answers.length}::int then 'wrong: A question is answered twice.'
    when exists (select 1 from ${given} where not exists (select 1 from ${asked} where q ->> 'id' = a."questionId"))
      then 'wrong: There is no such question.'
    when exists (select 1 from ${given} join ${asked} on q ->> 'id' = a."questionId", jsonb_array_elements_text(a."optionIds") o
      where not exists (select 1 from jsonb_array_elements(q -> 'options') p where p ->> 'id' = o)) then 'wrong: There is no such option.'
    when exists (select 1 from ${given} join ${asked} on q ->> 'id' = a."questionId"
      where q ->> 'selectionMode' = 'single' and ${isEmpty} > 1) then 'wrong: One of the questions takes one answer only.'
    when exists (select 1 from ${given} join ${asked} on q ->> 'id' = a."questionId"
      where a."otherText" is not null and (q -> 'allowOther')::boolean is false)
      then 'wrong: One of the questions takes no words of your own.'
    when exists (select 1 from ${asked} where (q -> 'required')::boolean is not false and not exists (
      select 1 from ${given} where a."questionId" = q ->> 'id' and ${isEmpty} > 0)) then 'wrong: Answer every question.'`;
}

const checkLimits = (checked: readonly string[]): SQL => sql`
  when exists (select 1 from unnest(${textArray(checked)}) c where not exists (
    select 1 from jsonb_array_elements(k.payload -> 'items') p where p ->> 'id' = c)) then 'wrong: There is no such item.'`;
