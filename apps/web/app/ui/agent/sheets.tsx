import type { Agent } from "@boardroom/contract";
import { formatMoney, moneyInputValue } from "../../format/money.ts";
import { Submit } from "../button.tsx";
import { ConfirmSheet } from "../confirm-sheet.tsx";
import { Input } from "../field.tsx";
import { Form } from "../form.tsx";
import { Sheet } from "../sheet.tsx";

/** What asks once more, or for a figure, before it happens. */
export function AgentSheets({ agent }: { agent: Agent }) {
  const isStopped = agent.status === "paused";
  return (
    <>
      <Sheet name="budget" title={`Budget of ${agent.name}`}>
        <Form intent={isStopped ? "budget-resume" : "budget"} replace preventScrollReset>
          <Input
            label="Monthly budget"
            name="budgetMonthlyCents"
            affix="$"
            inputMode="decimal"
            defaultValue={moneyInputValue(agent.budgetMonthlyCents)}
            hint="Empty means no limit, 0 means it may spend nothing."
            autoFocus
          />
          <div className="form-actions">
            {isStopped && <Submit intent="budget-resume">Save and resume</Submit>}
            <Submit intent="budget" kind={isStopped ? "plain" : "primary"}>
              Save
            </Submit>
          </div>
        </Form>
      </Sheet>
      <Sheet name="stop" title={`Stop ${agent.name} now`}>
        <Form intent="pause" replace preventScrollReset>
          <p>
            It spent {formatMoney(agent.spentMonthlyCents)} this month. Its runs are told to stop and end within half a
            minute, what is queued is cancelled, and nothing wakes it until you resume it.
          </p>
          <div className="form-actions">
            <Submit intent="pause" kind="danger">
              Stop it
            </Submit>
          </div>
        </Form>
      </Sheet>
      <ConfirmSheet name="terminate" title={`Terminate ${agent.name}`} confirm="Terminate for good">
        <p>
          Its runs stop, its keys die, and its open issues are handed back. This can't be undone; its history stays.
        </p>
        <Input label="Reason" name="reason" maxLength={500} optional />
      </ConfirmSheet>
      <ConfirmSheet name="reset-sessions" title="Reset all sessions" confirm="Reset all">
        <p>Every task's next run starts fresh, without what {agent.name} remembered. Runs under way go on.</p>
      </ConfirmSheet>
      <ConfirmSheet name="rotate" title="Make a new signing secret" confirm="Make a new secret" danger={false}>
        <p>The old secret signs along for 24 hours. Put the new one on {agent.name}'s server within that time.</p>
      </ConfirmSheet>
    </>
  );
}
