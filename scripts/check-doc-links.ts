import { existsSync, readFileSync } from "node:fs";
import { posix } from "node:path";
import { report } from "./checks/report.ts";
import { listTrackedFiles } from "./checks/tracked-files.ts";

/** Headings as links name them. */
function anchorsOf(text: string): Set<string> {
  const headings = text.matchAll(/^#{1,6}\s+(.+)$/gm);
  return new Set([...headings].map(([, heading = ""]) => toAnchor(heading)));
}

const toAnchor = (heading: string) =>
  heading
    .trim()
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}\s_-]/gu, "")
    .replaceAll(" ", "-");

function findBrokenLinks(file: string): string[] {
  const text = readFileSync(file, "utf8").replaceAll(/```[\s\S]*?```/g, "");
  const targets = [...text.matchAll(/\]\(([^)\s]+)(?:\s+"[^"]*")?\)/g), ...text.matchAll(/(?:src|href)="([^"]+)"/g)];
  return targets.flatMap(([, target = ""]) => {
    if (/^[a-z][a-z+.-]*:/i.test(target)) return [];
    const [path = "", anchor] = target.split("#", 2);
    const resolved = path === "" ? file : posix.join(posix.dirname(file), decodeURIComponent(path));
    if (!existsSync(resolved)) return [`${file}: ${target} leads nowhere`];
    if (!anchor || !resolved.endsWith(".md") || anchorsOf(readFileSync(resolved, "utf8")).has(anchor)) return [];
    return [`${file}: ${target}: there is no such heading`];
  });
}

report(
  listTrackedFiles()
    .filter((file) => file.endsWith(".md"))
    .flatMap(findBrokenLinks),
);
