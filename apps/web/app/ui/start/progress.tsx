import type { Agent, Approval } from "@boardroom/contract";
import Circle from "lucide-react/icons/circle";
import CircleCheck from "lucide-react/icons/circle-check";
import type { ReactNode } from "react";
import { ButtonLink } from "../button.tsx";
import { Notice } from "../notice.tsx";
import { useCompany } from "../use-company.ts";

interface ProgressProps {
  ceo: Pick<Agent, "name" | "urlKey" | "status" | "lastHeartbeatAt"> & { needsMachine: boolean };
  hasMachine: boolean;
  plan: Pick<Approval, "id" | "status"> | null;
}

/** What is still to come before the board can read a first plan; it follows live. */
export function StartProgress({ ceo, hasMachine, plan }: ProgressProps) {
  const { base } = useCompany();
  const isAwake = ceo.lastHeartbeatAt !== null;
  return (
    <div className="stack" aria-live="polite">
      <ol className="checklist bordered-soft">
        {ceo.needsMachine && (
          <Step isDone={hasMachine} text={hasMachine ? "A machine is connected" : "Connect the laptop that it runs on"}>
            {!hasMachine && (
              <ButtonLink to={`${base}/runners/new`} leadsTo="runnerCodes.create" kind="primary">
                Connect
              </ButtonLink>
            )}
          </Step>
        )}
        <Step isDone={isAwake} text={isAwake ? "First heartbeat" : "Waiting for the first heartbeat"} />
        <Step isDone={plan !== null} text={plan ? `${ceo.name} proposes a plan` : `Waiting for ${ceo.name}'s plan`}>
          {plan && (
            <ButtonLink to={`${base}/plans/${plan.id}`} kind="primary">
              {plan.status === "pending" ? "Review the plan" : "See the plan"}
            </ButtonLink>
          )}
        </Step>
      </ol>
      {ceo.status === "error" && (
        <Notice tone="bad">{ceo.name} could not be reached. Its page says what happened.</Notice>
      )}
      {!plan && (
        <p className="muted">
          You may leave: the plan comes to your inbox.{" "}
          <ButtonLink to={`${base}/agents/${ceo.urlKey}`} kind="quiet">
            Open {ceo.name}
          </ButtonLink>
        </p>
      )}
    </div>
  );
}

function Step({ isDone, text, children }: { isDone: boolean; text: string; children?: ReactNode }) {
  return (
    <li data-done={isDone || undefined}>
      {isDone ? (
        <CircleCheck size={16} className="done-sign" role="img" aria-label="Done" />
      ) : (
        <Circle size={16} className="faint" role="img" aria-label="To do" />
      )}
      {text}
      {children}
    </li>
  );
}
