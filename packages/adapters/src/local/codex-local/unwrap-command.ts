/**
 * The command itself, when Codex shows it as one quoted word of a shell: rules are written for commands. As it is when it
 * isn't plainly that.
 */
export function unwrapCommand(command: string): string {
  // A shell of the system's, by name or where such lie: anything may be called bash.
  const wrapped = /^(?:\/(?:usr\/|usr\/local\/|opt\/homebrew\/)?bin\/)?(?:ba|z)?sh -l?c (.+)$/s.exec(command)?.[1];
  return (wrapped === undefined ? null : unquoteWord(wrapped)) ?? command;
}

/** A word of single-quoted, double-quoted and escaped pieces; null when it expands anything or is more than one word. */
function unquoteWord(text: string): string | null {
  let word = "";
  let at = 0;
  while (at < text.length) {
    piece.lastIndex = at;
    const found = piece.exec(text);
    if (!found) return null;
    const [whole, single, double, escaped, bare] = found;
    word += single ?? double?.replace(/\\(["\\$`])/g, "$1") ?? escaped ?? bare ?? "";
    at += whole.length;
  }
  return word;
}

const piece = /'([^']*)'|"((?:[^"\\$`]|\\[\s\S])*)"|\\([^\n])|([A-Za-z0-9_./:=,@%+-]+)/y;
