import { createPatch } from "diff";

/** Texts that differ in more lines than this are shown as wholly different: comparing them would take long. */
const maxEdits = 2000;

/** What changed between two texts, as `git diff` would say it. */
export function diffTexts(name: string, before: string, after: string): string {
  const [from, to] = [endLine(before), endLine(after)];
  const patch = createPatch(name, from, to, "", "", { context: 3, maxEditLength: maxEdits }) ?? replaceAll(from, to);
  const hunks = patch.slice(Math.max(patch.indexOf("@@"), 0));
  return hunks.startsWith("@@") ? `diff --git a/${name} b/${name}\n${hunks}` : "";
}

const endLine = (text: string) => (text === "" || text.endsWith("\n") ? text : `${text}\n`);

function replaceAll(before: string, after: string): string {
  const [removed, added] = [before, after].map((text) => text.split("\n").slice(0, -1));
  const lines = [...(removed ?? []).map((line) => `-${line}`), ...(added ?? []).map((line) => `+${line}`)];
  return `@@ -1,${removed?.length ?? 0} +1,${added?.length ?? 0} @@\n${lines.join("\n")}`;
}
