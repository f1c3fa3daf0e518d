import { entryFile } from "@boardroom/contract";
import type { ExecutionContext } from "../local-adapter.ts";
import { renderTemplate, templateValues } from "./template.ts";

/** What an agent is told at each run when its configuration has no `promptTemplate`. */
export const defaultPromptTemplate = `You are {{agent.name}}, {{agent.role}} at {{company.name}}. Boardroom assigns your work and records it.

{{wake}}

How a run goes:
- Act in this run. A plan alone is only enough when a plan was asked for.
- Read the boardroom skill before your first call to its API. PAPERCLIP_API_URL, PAPERCLIP_API_KEY and the ids of this run are in the environment. Never print a key.
- Check the task out before you work on it. If somebody else holds it, leave it alone.
- Leave durable progress: files in the working folder, a comment that says what changed, and the next action with its owner.
- Set the status to what is true at the end: done, in_review, or blocked with who has to do what. Don't leave work in progress silently.
- Don't wait, sleep or poll for others. Make child tasks or block the task, then end the run: you are woken when something changes.
- Don't push to a git remote, spend beyond the budget, or go around an approval. Ask the board where a decision is its own.`;

export interface PromptConfig {
  promptTemplate?: string | undefined;
  instructionsFilePath?: string | undefined;
}

export interface PromptOptions {
  /** `inline` puts the instructions file before the prompt; `separate` leaves that to the adapter. */
  instructions: "inline" | "separate";
  /** `named` lists the skills with the path of each, for programs that don't find them by themselves. */
  skills: "named" | "discovered";
}

/** The folder of an agent's instructions beside those of its skills; no skill is called so. */
export const instructionsFolder = "_instructions";

/** The prompt of a run, and the agent's instructions: those that the board wrote, and the file that its configuration names. */
export async function buildPrompt(
  context: ExecutionContext,
  config: PromptConfig,
  options: PromptOptions,
): Promise<{ prompt: string; instructions: string | null }> {
  const { text, unknown } = renderTemplate(config.promptTemplate ?? defaultPromptTemplate, templateValues(context));
  const path = config.instructionsFilePath;
  const file = path ? await context.readFile(path) : null;
  const told = [...boardInstructions(context), ...(file === null ? [] : [file])];
  const instructions = told.length === 0 ? null : told.join("\n\n");
  const parts = [text];
  if (instructions !== null && options.instructions === "inline") parts.unshift(instructions);
  if (path && file === null) parts.push(`Note: your instructions file ${path} could not be read.`);
  if (options.skills === "named") parts.push(...nameSkills(context));
  if (unknown.length > 0) parts.push(`Note: the prompt names what isn't known in this run: ${unknown.join(", ")}.`);
  return { prompt: parts.join("\n\n"), instructions };
}

/** What the board wrote for the agent: the entry file itself, and where the others lie. */
function boardInstructions({ job, skillsDir }: ExecutionContext): string[] {
  const files = job.instructions ?? [];
  const entry = files.find(({ path }) => path === entryFile);
  const others = files
    .filter((file) => file !== entry)
    .map(({ path }) => `- ${skillsDir}/${instructionsFolder}/${path}`);
  return [
    ...(entry ? [entry.content] : []),
    ...(others.length > 0 ? [`More of your instructions, to be read when they are needed:\n${others.join("\n")}`] : []),
  ];
}

function nameSkills({ job, skillsDir }: ExecutionContext): string[] {
  if (job.skills.length === 0) return [];
  const lines = job.skills.map(({ key, files }) => {
    const main = files.find(({ path }) => path === "SKILL.md")?.content ?? "";
    const description = /^description:\s*(.+)$/m.exec(main)?.[1]?.slice(0, 500);
    return `- ${key}: ${skillsDir}/${key}/SKILL.md${description ? `: ${description}` : ""}`;
  });
  return [`Skills, to be read from their file when they fit what you do:\n${lines.join("\n")}`];
}
