/** The plain `key: value` lines between the first two lines of dashes of a SKILL.md. */
export function readFrontMatter(text: string): { name?: string; description?: string } {
  const [, head = ""] = /^---\r?\n([\s\S]*?)\r?\n---/.exec(text) ?? [];
  const lines = head.split(/\r?\n/).map((line) => /^(name|description):\s*(.+?)\s*$/.exec(line));
  return Object.fromEntries(
    lines.flatMap((found) => (found ? [[found[1], found[2]?.replace(/^(["'])(.*)\1$/, "$2")]] : [])),
  );
}
