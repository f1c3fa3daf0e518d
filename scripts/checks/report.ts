/** Prints what a check found, one finding a line, and ends with 1 when there is any. */
export function report(findings: readonly string[]): void {
  for (const finding of findings) console.log(finding);
  if (findings.length > 0) process.exitCode = 1;
}
