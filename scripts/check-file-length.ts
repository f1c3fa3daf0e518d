import { readFileSync } from "node:fs";
import { report } from "./checks/report.ts";
import { listTrackedFiles } from "./checks/tracked-files.ts";

const maxLines = 300;
/** A test file may hold all promises of one part, a style sheet all rules of one. */
const maxLinesOfLists = 500;

/** Long files hide things. What a tool writes is nobody's to split. */
const isGenerated = (file: string) => file.includes("/migrations/");
const sources = listTrackedFiles().filter((file) => /\.(ts|tsx|mjs|css|sql)$/.test(file) && !isGenerated(file));
report(
  sources.flatMap((file) => {
    const lines = readFileSync(file, "utf8").split("\n").length - 1;
    const most = /\.test\.tsx?$|\.css$/.test(file) ? maxLinesOfLists : maxLines;
    return lines > most ? [`${file}: ${lines} lines; split it, ${most} is the most`] : [];
  }),
);
