import { matchGlob } from "./match-glob.ts";
import type { Policy } from "./policy.ts";

/** Variables that make another program out of an allowed one, or lead it elsewhere. */
const dangerous = [
  ...["PATH", "HOME", "SHELL", "ENV", "BASH_ENV", "BASH_FUNC_*", "IFS", "CDPATH", "PS4", "PROMPT_COMMAND", "ZDOTDIR"],
  ...["LD_*", "DYLD_*", "GCONV_PATH", "LOCPATH", "MALLOC_*", "GLIBC_TUNABLES"],
  ...["NODE_OPTIONS", "NODE_PATH", "NODE_EXTRA_CA_CERTS", "NODE_TLS_REJECT_UNAUTHORIZED", "NPM_CONFIG_*"],
  ...["PYTHONSTARTUP", "PYTHONPATH", "PYTHONHOME", "PYTHONINSPECT", "PERL5OPT", "PERL5LIB", "RUBYOPT", "RUBYLIB"],
  ...["JAVA_TOOL_OPTIONS", "_JAVA_OPTIONS", "JDK_JAVA_OPTIONS", "CLASSPATH"],
  ...["GIT_*", "SSH_ASKPASS", "SSH_AUTH_SOCK", "EDITOR", "VISUAL", "PAGER", "BROWSER", "LESSOPEN", "LESSCLOSE"],
  ...["HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "SSL_CERT_FILE", "SSL_CERT_DIR", "CURL_CA_BUNDLE", "XDG_CONFIG_*"],
  // Where a coding program looks for what it may do unasked.
  ...["CLAUDE_CONFIG_DIR", "CODEX_HOME", "OPENCODE_CONFIG", "OPENCODE_CONFIG_DIR"],
];
const ofRunner = ["PAPERCLIP_*", "BOARDROOM_*"];

const fits = (patterns: readonly string[], name: string): boolean =>
  patterns.some((pattern) => matchGlob(pattern.toUpperCase(), name.toUpperCase()));

/** The variables of this machine that programs get. */
export function machineEnv(policy: Policy, env: NodeJS.ProcessEnv): Record<string, string> {
  return Object.fromEntries(
    Object.entries(env).flatMap(([name, value]) =>
      value !== undefined && fits(policy.envNames, name) && !fits(ofRunner, name) ? [[name, value]] : [],
    ),
  );
}

/** Of the variables that a job brings, those that it may set, and the names of those that it may not. */
export function jobEnv(
  policy: Policy,
  given: Readonly<Record<string, unknown>>,
): { env: Record<string, string>; refused: string[] } {
  const env: Record<string, string> = {};
  const refused: string[] = [];
  for (const [name, value] of Object.entries(given)) {
    if (isSettable(policy, name) && typeof value === "string" && !value.includes("\u0000")) env[name] = value;
    else refused.push(name.slice(0, 100));
  }
  return { env, refused };
}

/** What an adapter adds for its own program. Adapters are part of the runner; the run's own variables stay as they are. */
export const adapterEnv = (given: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(given).filter(([name]) => !fits(ofRunner, name) && !fits(["PATH", "LD_*", "DYLD_*"], name)),
  );

function isSettable(policy: Policy, name: string): boolean {
  if (!/^[A-Za-z_][A-Za-z0-9_]*$/.test(name) || name.length > 200) return false;
  if (fits(ofRunner, name) || fits(policy.deniedEnv, name)) return false;
  return !fits(dangerous, name) || fits(policy.allowedEnv, name);
}
