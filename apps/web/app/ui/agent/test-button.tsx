import type { EnvironmentReport as Report } from "@boardroom/contract";
import { usePending } from "../../forms/use-result.ts";
import { Submit } from "../button.tsx";
import { useMay } from "../may.tsx";
import { EnvironmentReport } from "./environment-report.tsx";

/** Tries the settings of the form it stands in before they are saved, and says what was found. */
export function TestEnvironment({ report, onMachine }: { report: Report | undefined; onMachine: boolean }) {
  const isTesting = usePending("test");
  const may = useMay();
  if (!may("adapters.testEnvironment")) return null;
  return (
    <div className="stack" data-tight>
      <div className="line">
        <Submit intent="test" kind="plain">
          {isTesting ? "Looking" : "Test environment"}
        </Submit>
        <span className="sub" aria-live="polite">
          {isTesting
            ? onMachine
              ? "A machine looks; that takes up to half a minute."
              : "Looking at its address."
            : "Looks whether it would work. Nothing is saved or run."}
        </span>
      </div>
      {report && !isTesting && <EnvironmentReport report={report} />}
    </div>
  );
}
