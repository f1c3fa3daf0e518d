import { createRequire } from "node:module";
import { isAbsolute, join } from "node:path";
import { pathToFileURL } from "node:url";
import { type LocalAdapter, localAdapters } from "@boardroom/adapters/local";
import * as z from "zod";
import { messageOf } from "../api/judge-error.ts";
import type { Policy } from "../policy/policy.ts";

/** The kinds of agent that this runner can run, by what the policy allows. */
export interface LoadedAdapters {
  find(type: string): LocalAdapter | undefined;
  all: readonly { adapter: LocalAdapter; isExternal: boolean }[];
  /** Sentences about packages that could not be loaded. */
  problems: readonly string[];
}

/** As far as a shape can be looked at: functions are believed to be what they say. */
const adapterShape = z.looseObject({
  definition: z.looseObject({
    type: z.string().regex(/^[a-z][a-z0-9_]{1,59}$/),
    label: z.string().min(1).max(80),
    place: z.literal("runner"),
    models: z.array(z.object({ id: z.string(), label: z.string() })),
    configSchema: z.custom<z.ZodObject>((value) => typeof value === "object" && value !== null && "safeParse" in value),
  }),
  program: z.object({ name: z.string().min(1).max(200), versionArgs: z.array(z.string()) }).nullable(),
  execute: z.function(),
  testEnvironment: z.function(),
  formatEvent: z.function(),
});

/**
 * Loads the built-in adapters and the packages that the policy names. A package exports `adapter`, of the shape
 * `LocalAdapter`. One that can't be loaded, or takes the name of another, is left out and told of.
 */
export async function loadAdapters(policy: Policy, moduleFolder: string): Promise<LoadedAdapters> {
  const { builtIn, external } = policy.adapters;
  const all = localAdapters
    .filter(({ definition }) => builtIn === null || builtIn.includes(definition.type))
    .map((adapter) => ({ adapter, isExternal: false }));
  const problems: string[] = [];
  for (const name of external) {
    try {
      const adapter = await importAdapter(name, moduleFolder);
      const { type } = adapter.definition;
      if (
        localAdapters.some(({ definition }) => definition.type === type) ||
        all.some((known) => known.adapter.definition.type === type)
      ) {
        throw new Error(`there is an adapter "${type}" already`);
      }
      all.push({ adapter, isExternal: true });
    } catch (error) {
      problems.push(`The adapter ${name} can't be used: ${messageOf(error)}`);
    }
  }
  return { all, problems, find: (type) => all.find(({ adapter }) => adapter.definition.type === type)?.adapter };
}

async function importAdapter(name: string, moduleFolder: string): Promise<LocalAdapter> {
  const file = isAbsolute(name) ? name : createRequire(join(moduleFolder, "package.json")).resolve(name);
  const module: unknown = await import(pathToFileURL(file).href);
  const exported = z.looseObject({ adapter: z.unknown() }).parse(module).adapter;
  const shape = adapterShape.safeParse(exported);
  if (!shape.success) {
    const issues = shape.error.issues.map((issue) => `${issue.path.join(".")}: ${issue.message}`);
    throw new Error(`its \`adapter\` isn't one: ${issues.join("; ")}`);
  }
  return exported as LocalAdapter;
}
