/**
 * What a repository's own configuration could have git start, and with what it is put out of force. Whoever works in a
 * repository may write there; the user's global configuration is the user's.
 */
const programs: readonly [RegExp, string][] = [
  [/^filter\..+\.(clean|smudge|process)$/, ""],
  [/^filter\..+\.required$/, "false"],
  [/^core\.sshcommand$/, "ssh"],
  [/^core\.askpass$/, ""],
  [/^core\.alternaterefscommand$/, ":"],
  [/^credential\.(.+\.)?helper$/, ""],
  [/^remote\..+\.uploadpack$/, "git-upload-pack"],
  [/^gpg\.(.+\.)?program$/, "gpg"],
  [/^log\.showsignature$/, "false"],
  [/^hook\..+\.command$/, ":"],
  [/^lfs\.customtransfer\..+\.path$/, ""],
  [/^lfs\.(.+\.)?standalonetransferagent$/, ""],
];

/**
 * The variables that take programs out of a repository's configuration again: what the user set globally stays.
 * @param listed what `git config --list --show-scope -z` says there
 */
export function disarmConfig(listed: string): Record<string, string> {
  const entries = readEntries(listed);
  const settings: [key: string, value: string][] = [];
  const own = entries.filter(({ scope }) => scope === "local" || scope === "worktree");
  for (const key of new Set(own.map((entry) => entry.key))) {
    const [, harmless] = programs.find(([pattern]) => pattern.test(lowered(key))) ?? [];
    if (harmless === undefined) continue;
    settings.push([key, harmless]);
    // Where a list is kept, emptying it has emptied the user's part, too; elsewhere the last one counts.
    for (const entry of entries) {
      if (lowered(entry.key) === lowered(key) && ["system", "global"].includes(entry.scope)) {
        settings.push([key, entry.value]);
      }
    }
  }
  const variables = settings.flatMap(([key, value], index) => [
    [`GIT_CONFIG_KEY_${index}`, key],
    [`GIT_CONFIG_VALUE_${index}`, value],
  ]);
  return { GIT_CONFIG_COUNT: String(settings.length), ...Object.fromEntries(variables) };
}

/** Section and name are the same in any case, what stands between isn't; git writes both small. */
const lowered = (key: string): string => key.replace(/^[^.]+|[^.]+$/g, (part) => part.toLowerCase());

/** Scope, NUL, key, line end, value, NUL; a key without a value stands for yes. */
function readEntries(listed: string): { scope: string; key: string; value: string }[] {
  const parts = listed.split("\u0000");
  return parts.flatMap((scope, index) => {
    const setting = parts[index + 1];
    if (index % 2 === 1 || setting === undefined) return [];
    const end = setting.indexOf("\n");
    return [
      end < 0
        ? { scope, key: setting, value: "true" }
        : { scope, key: setting.slice(0, end), value: setting.slice(end + 1) },
    ];
  });
}
