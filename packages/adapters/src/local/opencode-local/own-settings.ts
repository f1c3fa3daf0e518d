import type { ExecutionContext } from "../local-adapter.ts";
import { asObject, parseObject } from "../toolkit/index.ts";

/**
 * OpenCode's settings for one run, beside those of the machine and the folder: where the run's skills lie, and that they
 * may be read. Settings that the agent's own `OPENCODE_CONFIG_CONTENT` holds stay.
 */
export function ownSettings({ env, skillsDir, job }: ExecutionContext): Record<string, string> {
  if (job.skills.length === 0) return {};
  const given = parseObject(env.OPENCODE_CONFIG_CONTENT ?? "") ?? {};
  const skills = asObject(given.skills) ?? {};
  const settings = {
    ...given,
    skills: { ...skills, paths: [...(Array.isArray(skills.paths) ? skills.paths : []), skillsDir] },
    permission: letRead(given.permission, `${skillsDir}/*`),
  };
  return { OPENCODE_CONFIG_CONTENT: JSON.stringify(settings) };
}

/** A permission may be one word for everything, or words by what is done, or by what with what. */
function letRead(permission: unknown, folder: string): unknown {
  if (permission === "allow") return permission;
  const all = typeof permission === "string" ? { "*": permission } : (asObject(permission) ?? {});
  const { external_directory: elsewhere } = asObject(permission) ?? {};
  const folders = typeof elsewhere === "string" ? { "*": elsewhere } : (asObject(elsewhere) ?? {});
  return { ...all, external_directory: { ...folders, [folder]: "allow" } };
}
