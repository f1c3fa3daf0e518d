export interface DiffFile {
  path: string;
  /** Where it came from, when it was renamed. */
  from: string | null;
  change: "added" | "deleted" | "renamed" | "changed";
  isBinary: boolean;
  added: number;
  removed: number;
  hunks: DiffHunk[];
}

export interface DiffHunk {
  /** What stands behind the second `@@`: the function or heading it lies in. */
  heading: string;
  lines: DiffLine[];
}

export interface DiffLine {
  kind: "added" | "removed" | "same";
  text: string;
  /** Line numbers before and after. */
  before: number | null;
  after: number | null;
}

/** Reads the patch that `git diff` writes. What it doesn't know it passes over, so that a cut patch still reads. */
export function parseDiff(patch: string): DiffFile[] {
  const files: DiffFile[] = [];
  const at = { before: 0, after: 0, leftBefore: 0, leftAfter: 0 };
  for (const line of patch.split("\n")) {
    const file = files[files.length - 1];
    if (at.leftBefore > 0 || at.leftAfter > 0) {
      if (file && addLine(file, line, at)) continue;
    }
    const start = /^diff --git (?:"?a\/.*?"?) "?b\/(.*?)"?$/.exec(line);
    if (start) {
      files.push(newFile(start[1] ?? ""));
      continue;
    }
    if (!file) continue;
    const hunk = /^@@ -(\d+)(?:,(\d+))? \+(\d+)(?:,(\d+))? @@ ?(.*)$/.exec(line);
    if (hunk) {
      file.hunks.push({ heading: hunk[5] ?? "", lines: [] });
      Object.assign(at, {
        before: Number(hunk[1]),
        leftBefore: Number(hunk[2] ?? 1),
        after: Number(hunk[3]),
        leftAfter: Number(hunk[4] ?? 1),
      });
    } else readHeader(file, line);
  }
  return files;
}

interface Place {
  before: number;
  after: number;
  leftBefore: number;
  leftAfter: number;
}

/** Takes one line of a hunk; false when the line is none. */
function addLine(file: DiffFile, line: string, at: Place): boolean {
  const hunk = file.hunks[file.hunks.length - 1];
  const sign = line[0] ?? "";
  if (!hunk || !"+- \\".includes(sign)) return false;
  if (sign === "\\") return true;
  const isAdded = sign === "+";
  const isRemoved = sign === "-";
  hunk.lines.push({
    kind: isAdded ? "added" : isRemoved ? "removed" : "same",
    text: line.slice(1),
    before: isAdded ? null : at.before,
    after: isRemoved ? null : at.after,
  });
  if (isAdded) file.added += 1;
  if (isRemoved) file.removed += 1;
  if (!isAdded) {
    at.before += 1;
    at.leftBefore -= 1;
  }
  if (!isRemoved) {
    at.after += 1;
    at.leftAfter -= 1;
  }
  return true;
}

function newFile(path: string): DiffFile {
  return { path, from: null, change: "changed", isBinary: false, added: 0, removed: 0, hunks: [] };
}

function readHeader(file: DiffFile, line: string): void {
  if (line.startsWith("new file mode")) file.change = "added";
  else if (line.startsWith("deleted file mode")) file.change = "deleted";
  else if (line.startsWith("Binary files ") || line === "GIT binary patch") file.isBinary = true;
  else if (line.startsWith("rename from ")) {
    file.change = "renamed";
    file.from = line.slice("rename from ".length);
  }
}
