import { readFileSync } from "node:fs";
import { findGitPush } from "./checks/find-git-push.ts";
import { report } from "./checks/report.ts";
import { listTrackedFiles } from "./checks/tracked-files.ts";

/** What runs agents or speaks for them. Their work stays where it was done: nothing here may carry it to a git remote. */
const scanned = /^(packages\/(adapters|runner|cli)|workers)\/.*\.([cm]?[jt]sx?|sh)$/;
/** Tests name it to show that it is refused. */
const isTest = /\.test\.[cm]?tsx?$|\/test\//;

report(
  listTrackedFiles()
    .filter((file) => scanned.test(file) && !isTest.test(file))
    .flatMap((file) => findGitPush(file, readFileSync(file, "utf8"))),
);
