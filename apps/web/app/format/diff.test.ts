import { expect, it } from "vitest";
import { parseDiff } from "./diff.ts";

const patch = `diff --git a/src/prices.ts b/src/prices.ts
index 1111111..2222222 100644
--- a/src/prices.ts
+++ b/src/prices.ts
@@ -1,4 +1,4 @@ export function priceOf(ream: Ream) {
 const vat = 1.2;
-const price = ream.price * vat;
+const price = Math.round(ream.price * vat);
 return price;
--- a line that only looks like a header
@@ -20,2 +20,3 @@
 a
+b
 c
\\ No newline at end of file
diff --git a/old name.md b/new name.md
similarity index 90%
rename from old name.md
rename to new name.md
diff --git a/logo.png b/logo.png
new file mode 100644
Binary files /dev/null and b/logo.png differ
diff --git a/gone.txt b/gone.txt
deleted file mode 100644
--- a/gone.txt
+++ /dev/null
@@ -1 +0,0 @@
-bye
`;

it("finds each file with how it changed and how many lines came and went", () => {
  const files = parseDiff(patch).map(({ hunks: _, ...file }) => file);
  expect(files).toEqual([
    { path: "src/prices.ts", from: null, change: "changed", isBinary: false, added: 2, removed: 2 },
    { path: "new name.md", from: "old name.md", change: "renamed", isBinary: false, added: 0, removed: 0 },
    { path: "logo.png", from: null, change: "added", isBinary: true, added: 0, removed: 0 },
    { path: "gone.txt", from: null, change: "deleted", isBinary: false, added: 0, removed: 1 },
  ]);
});

it("numbers the lines of each hunk before and after, and takes no text for a header", () => {
  const [first, second] = parseDiff(patch)[0]?.hunks ?? [];
  expect(first?.heading).toBe("export function priceOf(ream: Ream) {");
  expect(first?.lines.map(({ kind, before, after }) => [kind, before, after])).toEqual([
    ["same", 1, 1],
    ["removed", 2, null],
    ["added", null, 2],
    ["same", 3, 3],
    ["removed", 4, null],
  ]);
  expect(second?.lines.map(({ text }) => text)).toEqual(["a", "b", "c"]);
});

it("reads what is there of a patch that was cut, and nothing out of nothing", () => {
  expect(parseDiff(patch.slice(0, 200))[0]?.hunks[0]?.lines.length).toBeGreaterThan(0);
  expect(parseDiff("")).toEqual([]);
  expect(parseDiff("no patch at all\n@@ -1 +1 @@\n-a")).toEqual([]);
});
