/** Characters that nobody sees, or that turn the order of what follows: a command could look like another one by them. */
const hidden = /[\p{Cc}\p{Cf}\p{Co}\u2028\u2029\u115f\u1160\u3164\uffa0]/gu;
const isPlain = (character: string) => character === "\n" || character === "\t";

/** A text of an agent with what is hidden in it written out, such as \u{202E}. Line ends and tabs stay. */
export const showHidden = (text: string): string =>
  text.replace(hidden, (character) =>
    isPlain(character) ? character : `\\u{${(character.codePointAt(0) ?? 0).toString(16).toUpperCase()}}`,
  );
