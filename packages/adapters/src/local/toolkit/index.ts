export { addUsage } from "./add-usage.ts";
export { askTool } from "./ask-tool.ts";
export { cliCapabilities } from "./capabilities.ts";
export { type ClassifiedError, classifyError, readRetryAfter } from "./classify-error.ts";
export { type CliOutput, emptyOutput, type OutputParser } from "./cli-output.ts";
export { cliFields, programFields, toolApprovalsField } from "./config-fields.ts";
export { invocationLine } from "./invocation-line.ts";
export {
  asCount,
  asDollars,
  asInstant,
  asObject,
  asObjects,
  asString,
  type JsonObject,
  parseObject,
  showValue,
} from "./json.ts";
export { maskSecrets } from "./mask-secrets.ts";
export { placeSkills } from "./place-skills.ts";
export { type ProgramProbe, probeProgram, warnOfVariables } from "./probe-program.ts";
export { buildPrompt, defaultPromptTemplate } from "./prompt.ts";
export { failedResult, resultOf } from "./result-of.ts";
export { type CliRun, type CliSpec, type Conversation, runCli } from "./run-cli.ts";
export { isSessionId, resumableSession, sessionParams } from "./session.ts";
export { type Step, steps } from "./steps.ts";
export { renderTemplate, templateValues, templateVariables } from "./template.ts";
export { plain, terminalOf } from "./terminal.ts";
export { describeToolInput, summaryOf } from "./tool-input.ts";
export { type EventReader, transcriptOf } from "./transcript-of.ts";
export { withConfig } from "./with-config.ts";
