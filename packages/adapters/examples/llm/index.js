import * as z from "zod";

/** What an agent of this kind is configured with. Titles and descriptions make the form on the board. */
const configSchema = z.strictObject({
  command: z.string().min(1).default("llm").meta({ title: "Command", description: "The program, by name or path" }),
  model: z
    .string()
    .regex(/^(?!-)\S+$/, "is not the name of a model")
    .optional()
    .meta({ title: "Model", description: "The program's own default when empty" }),
  timeoutSec: z
    .number()
    .int()
    .min(1)
    .default(600)
    .meta({ title: "Time limit (seconds)", description: "Then it is ended" }),
});

/** A runner that names this package in its policy offers agents of this kind to its company. */
export const adapter = {
  definition: {
    type: "llm",
    label: "llm",
    place: "runner",
    models: [{ id: "gpt-4o-mini", label: "GPT-4o mini" }],
    capabilities: {
      supportsLocalAgentJwt: true,
      supportsInstructionsBundle: false,
      instructionsPathKey: null,
      requiresMaterializedRuntimeSkills: false,
      supportsSkills: false,
      supportsSessions: false,
      supportsToolApprovals: false,
      supportsWorkspaces: false,
      reportsCost: false,
    },
    configSchema,
    guidance:
      "Use when:\n- A question needs an answer, and no tools\n\nDon't use when:\n- Files or the API are to be touched",
    parseTranscript,
  },
  program: { name: "llm", versionArgs: ["--version"] },
  execute,
  testEnvironment,
  formatEvent: (line) => line,
};

/** One run. Processes are started by the runner, never here: it holds them against its policy, and ends them on cancel. */
async function execute(context) {
  const config = configSchema.safeParse(context.job.adapter.config);
  if (!config.success) return failed("config_invalid", "config", z.prettifyError(config.error));
  const { command, model, timeoutSec } = config.data;
  const args = model ? ["-m", model] : [];
  const envNames = Object.keys(context.env).sort();
  await context.meta({ command, args, envNames, model: model ?? null, resumedSession: null });
  const lines = [];
  const ended = await context.run({
    command,
    args,
    stdin: promptOf(context.job),
    timeoutSec,
    onLine: (line) => lines.push(line),
  });
  if (ended.startError) return failed(ended.startError.code, "config", ended.startError.message);
  const how = { exitCode: ended.exitCode, signal: ended.signal, timedOut: ended.timedOut };
  if (ended.cancelled) return { status: "cancelled", ...how };
  if (ended.timedOut) return { ...failed("timed_out", "permanent", "It took longer than it may."), ...how };
  if (ended.exitCode !== 0) return { ...failed("exit_code", "transient", ended.stderrTail || "It failed."), ...how };
  return { status: "succeeded", summary: lines.join("\n").slice(0, 8000), model: model ?? null, ...how };
}

const promptOf = ({ agent, company, task }) =>
  `You are ${agent.name} at ${company.name}. ${task ? `Answer ${task.identifier}: ${task.title}` : "Say what you would do next."}`;

const failed = (errorCode, errorFamily, error) => ({
  status: "failed",
  errorCode,
  errorFamily,
  error: error.slice(0, 8000),
  exitCode: null,
  signal: null,
  timedOut: false,
});

/** Codes are stable; `error` keeps the agent from working, `warn` doesn't. */
async function testEnvironment(context) {
  const config = configSchema.safeParse(context.config);
  if (!config.success) return [{ level: "error", code: "config_invalid", message: z.prettifyError(config.error) }];
  const { startError, stdoutTail } = await context.probe(config.data.command, ["--version"]);
  if (startError)
    return [{ level: "error", code: startError.code, message: startError.message, hint: "pip install llm" }];
  return [{ level: "info", code: "command_found", message: stdoutTail.trim() || "It is there." }];
}

/** Each line of the log is a step. `state` is what a part of a log leaves for the next one. */
function parseTranscript(text, state, isWhole) {
  const lines = (state.rest + text).split("\n");
  const rest = isWhole ? "" : lines.pop();
  let { offset } = state;
  const entries = [];
  for (const line of lines) {
    const step = { kind: "assistant", text: line, name: null, input: null, isError: false, at: null, offset };
    if (line.trim() !== "") entries.push(step);
    offset += new TextEncoder().encode(line).byteLength + 1;
  }
  return { entries, state: { rest, offset } };
}
