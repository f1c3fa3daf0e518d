import ts from "typescript";

/** What lets one line push, followed by the reason: `// boardroom:allow-git-push: the operator asked for it`. */
const allowance = /boardroom:allow-git-push:\s*(\S.{7,})/;
const emptyAllowance = /boardroom:allow-git-push(?!:\s*\S.{7,})/;

/** `git push` in a command, with options between: `git -C "$dir" -c x=y --no-pager push`. */
const pushCommand =
  /(?:^|[\s;&|(`"'/\\])git(?:\.exe)?["']?(?:\s+(?:-[cC]\s+(?:"[^"]*"|'[^']*'|\S+)|--?[\w.=/-]+))*\s+["']?push(?![\w-])/;

/** One sentence for each place of a program that pushes to a git remote, as a command or as arguments, unless its line says why it may. */
export function findGitPush(file: string, text: string): string[] {
  const lines = text.split("\n");
  const places = /\.[cm]?[jt]sx?$/.test(file) ? pushesInCode(file, text) : pushesInScript(lines);
  const findings = lines.flatMap((line, index) =>
    emptyAllowance.test(line) ? [`${file}:${index + 1}: boardroom:allow-git-push needs a reason`] : [],
  );
  for (const line of places) {
    if (isAllowed(lines, line)) continue;
    findings.push(`${file}:${line + 1}: pushes to a git remote; agents' work stays on the machine`);
  }
  return findings;
}

const isAllowed = (lines: readonly string[], line: number) =>
  [lines[line], lines[line - 1]].some((each) => each !== undefined && allowance.test(each));

function pushesInScript(lines: readonly string[]): number[] {
  return lines.flatMap((line, index) => (!/^\s*#/.test(line) && pushCommand.test(line) ? [index] : []));
}

function pushesInCode(file: string, text: string): number[] {
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
  const places = new Set<number>();
  const visit = (node: ts.Node): void => {
    const isPush = isText(node) ? pushCommand.test(textOf(node) ?? "") : pushesByArguments(node);
    if (isPush) places.add(source.getLineAndCharacterOfPosition(node.getStart(source)).line);
    ts.forEachChild(node, visit);
  };
  visit(source);
  return [...places].sort((a, b) => a - b);
}

/** Whole texts only: a part of a sum is read with the sum. */
const isText = (node: ts.Node) =>
  textOf(node) !== null && !(ts.isBinaryExpression(node.parent) && textOf(node.parent) !== null);

/** The text of a literal, a template or a sum of them, with a word in place of what isn't known. */
function textOf(node: ts.Node): string | null {
  if (ts.isStringLiteralLike(node)) return node.text;
  if (ts.isTemplateExpression(node))
    return node.head.text + node.templateSpans.map((span) => `x${span.literal.text}`).join("");
  if (ts.isParenthesizedExpression(node)) return textOf(node.expression);
  if (!ts.isBinaryExpression(node) || node.operatorToken.kind !== ts.SyntaxKind.PlusToken) return null;
  const [left, right] = [textOf(node.left), textOf(node.right)];
  return left === null && right === null ? null : (left ?? "x") + (right ?? "x");
}

/** `["git", "push"]`, `["push", "origin"]`, `["-C", dir, "push"]`, `git("push")`, `spawn("git", ["push"])`. */
function pushesByArguments(node: ts.Node): boolean {
  if (ts.isArrayLiteralExpression(node)) return isPushOfGit(node.elements);
  if (!ts.isCallExpression(node)) return false;
  const [first, ...rest] = node.arguments;
  if (!first) return false;
  if (/git/i.test(calleeOf(node))) return isPushOfGit(node.arguments);
  return isGit(textOf(first)) && isPushOfGit(rest);
}

function isPushOfGit(elements: readonly ts.Expression[]): boolean {
  const words = elements.map(textOf);
  const at = words.indexOf("push");
  if (at === -1) return false;
  const before = words.slice(0, at);
  // What comes before a subcommand: git itself, options, and the values of options.
  return before.every((word, index) => isGit(word) || word?.startsWith("-") || isValue(before, index));
}

const isValue = (words: readonly (string | null)[], index: number) =>
  words[index] === null || ["-C", "-c", "--git-dir", "--work-tree"].includes(words[index - 1] ?? "");
const isGit = (word: string | null | undefined) => /(^|[/\\])git(\.exe)?$/.test(word ?? "");
const calleeOf = ({ expression }: ts.CallExpression): string => {
  if (ts.isIdentifier(expression)) return expression.text;
  return ts.isPropertyAccessExpression(expression) ? expression.name.text : "";
};
