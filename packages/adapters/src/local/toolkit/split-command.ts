/** A word of a command, or the operator between two commands. Expansions of variables are written as `\u0001NAME\u0001`. */
export type CommandWord = { word: string } | { operator: "|" };

const variable =
  /\$(?:(PAPERCLIP_(?:API_URL|API_KEY|[A-Z_]*_ID))(?![A-Za-z0-9_])|\{(PAPERCLIP_(?:API_URL|API_KEY|[A-Z_]*_ID))\})/y;
const plainCharacters = /[A-Za-z0-9_./:=,@%+-]+/y;
const space = /(?:[ \t]|\\\n)+/y;
/** What the shell takes out before it looks for words: it joins what stands on both sides. */
const continuation = /\\\n/y;
/** Ids and addresses: one word even without quotes, and never none, which would let the next word take its place. */
const isPlainValue = /^[A-Za-z0-9_./:,-]+$/;

/** How the shell would see the expansion of a run's variable. */
export const expansion = (name: string): string => `\u0001${name}\u0001`;

/** Variables as the command will find them. */
export type ShellVariables = Readonly<Record<string, string | undefined>>;

/**
 * Splits a shell command into its words, for the few forms that need no shell to be understood: words, quotes, those of the
 * run's own variables that are set, and pipes. Null for everything else, such as substitutions, redirections, globs or a
 * second command.
 */
export function splitCommand(command: string, variables: ShellVariables): CommandWord[] | null {
  if (command.includes("\u0001") || command.length > 100_000) return null;
  const text = command.trim();
  const words: CommandWord[] = [];
  let at = 0;
  while (at < text.length) {
    const gap = match(space, text, at);
    if (gap) {
      at += gap[0].length;
    } else if (text[at] === "|" && text[at + 1] !== "|" && text[at + 1] !== "&") {
      words.push({ operator: "|" });
      at += 1;
    } else {
      const read = readWord(text, at, variables);
      if (!read) return null;
      words.push({ word: read.word });
      at = read.end;
    }
  }
  return words;
}

interface Part {
  word: string;
  end: number;
}

function readWord(text: string, start: number, variables: ShellVariables): Part | null {
  let word = "";
  let at = start;
  while (at < text.length && !/[ \t|]/.test(text.charAt(at))) {
    const part =
      readContinuation(text, at) ??
      readQuoted(text, at, variables) ??
      readVariable(text, at, variables) ??
      readPlain(text, at);
    if (!part) return null;
    word += part.word;
    at = part.end;
  }
  return at === start ? null : { word, end: at };
}

const readContinuation = (text: string, at: number): Part | null =>
  match(continuation, text, at) && { word: "", end: at + 2 };

function readQuoted(text: string, at: number, variables: ShellVariables): Part | null {
  if (text[at] === "'") {
    const end = text.indexOf("'", at + 1);
    return end < 0 ? null : { word: text.slice(at + 1, end), end: end + 1 };
  }
  if (text[at] !== '"') return null;
  let word = "";
  let place = at + 1;
  while (place < text.length) {
    const character = text.charAt(place);
    if (character === '"') return { word, end: place + 1 };
    const escaped = character === "\\" ? /["\\$`]/.exec(text.charAt(place + 1))?.[0] : undefined;
    const known = readVariable(text, place, variables);
    if (known) {
      word += known.word;
      place = known.end;
    } else if (escaped !== undefined) {
      word += escaped;
      place += 2;
    } else if ("$`\\!".includes(character)) {
      return null;
    } else {
      word += character;
      place += 1;
    }
  }
  return null;
}

function readVariable(text: string, at: number, variables: ShellVariables): Part | null {
  const found = match(variable, text, at);
  const name = found?.[1] ?? found?.[2];
  if (!found || !name || !Object.hasOwn(variables, name) || !isPlainValue.test(variables[name] ?? "")) return null;
  return { word: expansion(name), end: at + found[0].length };
}

function readPlain(text: string, at: number): Part | null {
  const found = match(plainCharacters, text, at);
  return found && { word: found[0], end: at + found[0].length };
}

function match(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(text);
}
