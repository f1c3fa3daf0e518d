import { appendRunLog, readRunLog, readRunTranscript } from "@boardroom/domain";
import type { HandlersOf } from "./handler.ts";

export const runLogHandlers: HandlersOf<"runLogs"> = {
  "runLogs.read": readRunLog,
  "runLogs.append": appendRunLog,
  "runLogs.transcript": readRunTranscript,
};
