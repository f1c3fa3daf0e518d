import {
  BoardroomError,
  type ErrorCode,
  entryFile,
  maxInstructionChars,
  maxInstructionFiles,
} from "@boardroom/contract";

const refusals = {
  terminated: ["invalid_transition", "The agent was terminated and can't be changed."],
  stale: ["stale_state", "Somebody changed these instructions meanwhile. Look at theirs first."],
  too_many: ["payload_too_large", `A bundle holds at most ${maxInstructionFiles} files.`],
  too_large: ["payload_too_large", `A bundle holds at most ${maxInstructionChars / 1000} kB of text.`],
  no_entry: ["invalid_request", `A bundle needs its ${entryFile}, the file that is read first.`],
} as const satisfies Record<string, readonly [ErrorCode, string]>;
export type InstructionsRefusal = keyof typeof refusals;

export function refusedInstructions(refusal: InstructionsRefusal, version: number | null): BoardroomError {
  const [code, message] = refusals[refusal];
  return new BoardroomError(code, message, { version });
}
