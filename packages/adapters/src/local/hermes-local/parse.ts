import type { ErrorFamily } from "@boardroom/contract";
import type { CommandResult } from "../local-adapter.ts";
import {
  addUsage,
  asObject,
  asString,
  type CliOutput,
  emptyOutput,
  type JsonObject,
  type OutputParser,
  parseObject,
} from "../toolkit/index.ts";

const maxWords = 8000;

export interface HermesParser extends OutputParser {
  /** Reads what it said on standard error: the session, by a line of its own at the end. */
  readErrors(text: string): void;
}

/** Reads the output of a run of `hermes chat`: events of `stream-json`, or the answer as plain text when it is quiet. */
export function createHermesParser(format: "quiet" | "stream-json"): HermesParser {
  let output: CliOutput = { ...emptyOutput };
  let words = "";
  const say = (text: string) => {
    words = (words + text).slice(-maxWords);
    output = { ...output, summary: words.trim() || output.summary };
  };
  const readers: Readonly<Record<string, (event: JsonObject) => void>> = {
    system: ({ model, session_id }) => {
      output = { ...output, model: asString(model), sessionId: asString(session_id) };
    },
    text: ({ text }) => say(asString(text) ?? ""),
    tool_use: () => {
      words = "";
    },
    tool_result: () => undefined,
    result: (event) => {
      const tokens = asObject(event.tokens);
      const { input, cache_read, cache_write, output: written } = tokens ?? {};
      output = {
        ...output,
        sessionId: asString(event.session_id) ?? output.sessionId,
        summary: asString(event.text) ?? output.summary,
        isComplete: true,
        usage: tokens ? addUsage(null, { input, cacheWrite: cache_write, cached: cache_read, output: written }) : null,
        error: readError(event),
      };
    },
  };
  return {
    read(line) {
      const event = format === "quiet" ? null : parseObject(line);
      const type = asString(event?.type);
      if (event && type !== null && Object.hasOwn(readers, type)) readers[type]?.(event);
      else say(`${line}\n`);
    },
    readErrors(text) {
      const session = /^session_id: *(\S{1,200}) *$/m.exec(text)?.[1] ?? null;
      if (session === null) return;
      output = { ...output, sessionId: output.sessionId ?? session, isComplete: true };
    },
    output: () => output,
  };
}

/** Reasons as Hermes names them, where its words alone would be read differently. */
const families: Readonly<Record<string, readonly [code: string, family: ErrorFamily]>> = {
  rate_limit: ["rate_limited", "quota"],
  upstream_rate_limit: ["rate_limited", "quota"],
  billing: ["billing_error", "quota"],
  overloaded: ["provider_unavailable", "transient"],
  server_error: ["provider_unavailable", "transient"],
  timeout: ["provider_unavailable", "transient"],
  auth: ["login_required", "config"],
  auth_permanent: ["login_required", "config"],
  model_not_found: ["unknown_model", "config"],
};

function readError(event: JsonObject): CliOutput["error"] {
  const isError = event.failed === true || (typeof event.exit_code === "number" && event.exit_code !== 0);
  if (!isError) return null;
  const message = asString(event.error) ?? "Hermes ended with an error.";
  const reason = asString(event.failure_reason);
  const [code, family] = (reason !== null && Object.hasOwn(families, reason) ? families[reason] : undefined) ?? [];
  return code === undefined || family === undefined ? { message } : { message, code, family };
}

/** Whether the session to go on with isn't in this profile any longer. */
export const isHermesUnknownSession = (output: CliOutput, ended: CommandResult): boolean =>
  /session not found|no session found|no such session/i.test(
    `${output.error?.message ?? ""}\n${ended.stderrTail}\n${ended.exitCode === 0 ? "" : ended.stdoutTail}`,
  );
