import type { ExecutionContext } from "../local-adapter.ts";
import { asObject, type JsonObject, showValue } from "./json.ts";
import { describeWake } from "./wake.ts";

/** What a prompt template may name, for the form's hint and the guidance. */
export const templateVariables = [
  "agentId, companyId, runId",
  "wake (why this run was started, in sentences)",
  "company.id, company.name",
  "agent.id, agent.name, agent.urlKey, agent.role, agent.title",
  "run.id, run.attempt, run.wakeSource, run.wakeReason, run.deadlineAt",
  "task.id, task.identifier, task.title",
  "workspace.cwd, workspace.branch, workspace.repoUrl",
  "context.… (whatever the wake tells)",
] as const;

/** The values of a run's template. */
export function templateValues({ job, cwd }: Pick<ExecutionContext, "job" | "cwd">): JsonObject {
  const { agent, company, run, task, context, workspace } = job;
  return {
    agentId: agent.id,
    companyId: company.id,
    runId: run.id,
    wake: describeWake(job),
    company,
    agent,
    run: {
      id: run.id,
      attempt: run.attempt,
      wakeSource: run.wakeSource,
      wakeReason: run.wakeReason,
      deadlineAt: run.deadlineAt,
    },
    task: task ?? { id: null, identifier: null, title: null },
    workspace: { cwd, branch: workspace?.branch ?? null, repoUrl: workspace?.repoUrl ?? null },
    context,
  };
}

/**
 * Fills `{{a.b}}` with values, once: what a value holds isn't filled again, and nothing is executed. A name that isn't
 * known becomes empty and is told in `unknown`; one below `context` may be missing.
 */
export function renderTemplate(template: string, values: JsonObject): { text: string; unknown: string[] } {
  const unknown = new Set<string>();
  const text = template.replace(/\{\{\s*([A-Za-z_][\w.]{0,200})\s*\}\}/g, (_, path: string) => {
    const value = look(values, path.split("."));
    if (value === undefined && !path.startsWith("context.")) unknown.add(path);
    return showValue(value);
  });
  return { text, unknown: [...unknown] };
}

function look(values: JsonObject, path: readonly string[]): unknown {
  let value: unknown = values;
  for (const name of path) {
    const object = asObject(value);
    if (!object || !Object.hasOwn(object, name)) return undefined;
    value = object[name];
  }
  return value;
}
