import type { MarkedText } from "@boardroom/contract";

/** What stands around a match in a text that PostgreSQL marked; of the private use area, so that no text needs them. */
export const matchMarks = { start: "\ue000", stop: "\ue001" } as const;

/** Cuts a marked text into its pieces. A mark that has no partner is dropped. */
export function readMarks(marked: string): MarkedText {
  const pieces: MarkedText = [];
  let isMatch = false;
  for (const part of marked.split(/([\ue000\ue001])/)) {
    if (part === matchMarks.start || part === matchMarks.stop) isMatch = part === matchMarks.start;
    else if (part !== "") pieces.push({ text: part, isMatch });
  }
  return pieces;
}
