import { beginningsOf, type FoundSecret, findAll, findOpen, tailStart } from "./found-secret.ts";

/** A form that secrets have. Looking for it takes time in proportion to the text, whatever the text is. */
export interface SecretShape {
  find(text: string): FoundSecret[];
  /** Where a secret may have begun that goes on behind the end of the text; -1 for nowhere. */
  findOpen(text: string): number;
}

/** The longest of each kind; what is longer is none. */
const longestKey = 1024;
const longestToken = 8192;
const longestPem = 20_000;

const shape = (longest: number, found: RegExp, open: RegExp): SecretShape => ({
  find: (text) => findAll(text, found),
  findOpen: (text) => findOpen(text, longest, open),
});

/** Keys that start with a word of their own. The word stays: it says what was masked. */
function keysOf(words: readonly string[], characters: string, least: number): SecretShape {
  const word = words.join("|");
  const beginnings = words.map(beginningsOf).join("|");
  return shape(
    longestKey,
    new RegExp(`(${word})([${characters}]{${least},})`, "g"),
    new RegExp(`(?:${word})[${characters}]*$|(?:${beginnings})$`),
  );
}

/** `sk-…`; after a vowel, as in task-, only what looks random. The letter before it tells the one from the other. */
const skKeys = shape(
  longestKey,
  /((?:^|[^aeiou])sk-(?=[\w-]{16})|[aeiou]sk-(?=[\w-]{20})(?=[\w-]{0,99}[0-9])(?=[\w-]{0,99}[A-Z]))([\w-]+)/gu,
  /.?(?:sk-[\w-]*|sk?)$/su,
);

/** JSON web tokens, which run tokens are too. Looked for run by run, so that a long one without a token is read once. */
const webTokens: SecretShape = {
  find: (text) =>
    Array.from(text.matchAll(/eyJ[\w.-]+/g)).flatMap(({ index, 0: run }) => {
      const at = webTokenAt(run);
      return at === -1 ? [] : [{ start: index + at, from: index + at + 3, to: index + run.length }];
    }),
  findOpen(text) {
    const earliest = tailStart(text, longestToken);
    let start = text.length;
    while (start > earliest && /[\w.-]/.test(text.charAt(start - 1))) start--;
    const at = text.slice(start).search(/eyJ|ey?$/);
    return at === -1 ? -1 : start + at;
  },
};

/** Where in a run of a token's characters one begins: a head, a dot, and enough behind it. */
function webTokenAt(run: string): number {
  for (let at = run.indexOf("eyJ"); at !== -1; at = run.indexOf("eyJ", at + 3)) {
    const dot = run.indexOf(".", at);
    if (dot === -1 || run.length - dot <= 10) return -1;
    if (dot - at >= 8) return at;
  }
  return -1;
}

const bearers = shape(
  longestToken,
  /(bearer\s+)((?:(?!bearer)[\w.~+/=-]){16,})/gi,
  new RegExp(`bearer\\s+[\\w.~+/=-]*$|${beginningsOf("bearer")}$`, "i"),
);

/** In a header's value quotes, commas, spaces and the next header end a part; a slash may stand as JSON may write it. */
const part = String.raw`(?:(?!authorization|api-key)(?:[^\s"'<>,;\\]|\\/))+`;
const setTo = String.raw`\\?["']?\s*[:=]\s*\\?["']?`;

/** A header by its name and the first parts of its value. */
function headers(name: string, value: string, openValue: string): SecretShape {
  // What is cut off after a backslash may go on as a quote or a slash.
  const open = String.raw`${name}(?:${setTo}${openValue}\\?|\\?["']?\s*)$|${beginningsOf(name)}$`;
  return shape(longestToken, new RegExp(`(${name}${setTo})(${value})`, "gi"), new RegExp(open, "i"));
}

/** `scheme://user:password@host` */
const passwordsInUrls = shape(
  longestKey,
  /(:\/\/[^\s:@/?#"'<>\\]*:)([^\s/?#"'<>\\]+)(?=@)/g,
  /:(?:\/(?:\/[^\s/?#"'<>\\]*)?)?$/,
);

const pemStart = "-----BEGIN [A-Z0-9 ]{0,30}PRIVATE KEY(?: BLOCK)?-----";
const pemBody = String.raw`(?:(?!-----)[A-Za-z0-9+/=\s:,.-]|\\+[nrt])`;
/** Private keys between their BEGIN and END, also inside JSON, where a line's end is written `\n`. */
const privateKeys = shape(
  longestPem + 100,
  new RegExp(`(${pemStart})(${pemBody}{1,${longestPem}})`, "g"),
  new RegExp(String.raw`${pemStart}${pemBody}*(?:\\+|-{0,4})$|-----[A-Z0-9 ]{1,60}-{0,4}$|-{1,5}$`),
);

/** Every form of secret that is masked wherever it is written. */
export const secretShapes: readonly SecretShape[] = [
  privateKeys,
  passwordsInUrls,
  headers("authorization", String.raw`${part}(?:[ \t]+${part})?`, String.raw`(?:${part}(?:[ \t]+(?:${part})?)?)?`),
  headers("api-key", part, `(?:${part})?`),
  bearers,
  webTokens,
  skKeys,
  keysOf(["brb_", "bra_", "brr_"], "A-Za-z0-9", 20),
  keysOf(["whsec_"], "\\w+/=-", 16),
  keysOf(["ghp_", "gho_", "ghu_", "ghs_", "ghr_", "github_pat_", "glpat-", "npm_", "hf_"], "\\w-", 16),
  keysOf(["sk_live_", "sk_test_", "rk_live_", "rk_test_"], "A-Za-z0-9", 16),
  keysOf(["AKIA", "ASIA"], "A-Z0-9", 16),
  keysOf(["AIza"], "\\w-", 30),
  keysOf(["xoxa-", "xoxb-", "xoxe-", "xoxp-", "xoxr-", "xoxs-", "xapp-"], "A-Za-z0-9-", 10),
];

/** A secret that is known: as it is, or as JSON writes it. */
export function exactly(value: string): SecretShape {
  return {
    find(text) {
      const found: FoundSecret[] = [];
      for (let at = text.indexOf(value); at !== -1; at = text.indexOf(value, at + value.length)) {
        found.push({ start: at, from: at, to: at + value.length });
      }
      return found;
    },
    findOpen(text) {
      for (let at = tailStart(text, value.length - 1); at < text.length; at++) {
        if (text.charAt(at) === value.charAt(0) && value.startsWith(text.slice(at))) return at;
      }
      return -1;
    },
  };
}
