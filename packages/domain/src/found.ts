import { BoardroomError } from "@boardroom/contract/errors";

/**
 * The row of a lookup that was limited to the company.
 * @param noun as the sentence names it: "goal"
 * @throws BoardroomError not_found, also for what another company owns
 */
export function found<T>(row: T | null | undefined, noun: string): T {
  if (row === null || row === undefined) throw notFound(noun);
  return row;
}

export const notFound = (noun: string) => new BoardroomError("not_found", `There is no such ${noun}.`);
