import { parseArgs } from "node:util";
import { newSeed } from "@boardroom/local";
import { runSoak } from "./run-soak.ts";

const { values } = parseArgs({
  options: {
    runs: { type: "string", default: "10000" },
    seed: { type: "string" },
    minutes: { type: "string" },
    "power-cuts": { type: "string" },
  },
});
const runs = Number(values.runs);
const print = (line: string) => process.stdout.write(`${line}\n`);
/** An interrupted soak, or one whose time is up, comes to rest and is audited too. */
const endsAt = performance.now() + Number(values.minutes ?? Number.POSITIVE_INFINITY) * 60_000;
let isInterrupted = false;
for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => (isInterrupted = true));
const report = await runSoak({
  runs,
  seed: values.seed === undefined ? newSeed() : Number(values.seed),
  powerCuts: Number(values["power-cuts"] ?? Math.max(1, Math.min(10, Math.floor(runs / 20_000)))),
  isOver: () => isInterrupted || performance.now() > endsAt,
  log: print,
});
for (const [title, counts] of Object.entries({ Outcomes: report.outcomes, Troubles: report.troubles })) {
  print(`\n${title}`);
  for (const [what, count] of Object.entries(counts)) print(`${String(count).padStart(9)}  ${what}`);
}
print(`\n${report.runs} runs in ${Math.round(report.seconds)} s, ${Math.round(report.runs / report.seconds)} a second`);
for (const { rule, companyId, subject, detail } of report.findings)
  print(`BROKEN ${rule}: ${detail} (company ${companyId}, ${subject})`);
for (const failure of new Set(report.failures)) print(`FAILED ${failure}`);
const isWell = report.findings.length + report.failures.length === 0;
print(
  isWell
    ? "The audit found nothing: none lost, none effective twice, no lock past its lease, every wake has an outcome."
    : "The audit found trouble.",
);
process.exit(isWell ? 0 : 1);
