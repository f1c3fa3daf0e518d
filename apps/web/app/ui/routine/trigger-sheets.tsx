import type { RoutineTrigger } from "@boardroom/contract";
import { nameTrigger, signingChoices } from "../../format/routine.ts";
import { Submit } from "../button.tsx";
import { Input, Radios } from "../field.tsx";
import { Form, OnceKey } from "../form.tsx";
import { Sheet } from "../sheet.tsx";
import { ApiExample } from "./api-example.tsx";
import { ScheduleFields } from "./schedule-fields.tsx";

interface TriggerSheetsProps {
  routineId: string;
  triggers: RoutineTrigger[];
  onceKey: string;
}

/** The sheets that add a trigger and that change one. */
export function TriggerSheets({ routineId, triggers, onceKey }: TriggerSheetsProps) {
  return (
    <>
      <Sheet name="add-schedule" title="When should it fire?">
        <Form intent="add-schedule" replace preventScrollReset>
          <OnceKey value={onceKey} />
          <ScheduleFields routineId={routineId} />
          <div className="form-actions">
            <Submit intent="add-schedule">Add schedule</Submit>
          </div>
        </Form>
      </Sheet>
      <Sheet name="add-webhook" title="Add a webhook">
        <Form intent="add-webhook" replace preventScrollReset>
          <OnceKey value={onceKey} />
          <LabelField />
          <Radios
            label="How the sender proves itself"
            name="signingMode"
            choices={signingChoices}
            defaultValue="hmac_sha256"
          />
          <WindowField seconds={300} />
          <div className="form-actions">
            <Submit intent="add-webhook">Add webhook</Submit>
          </div>
        </Form>
      </Sheet>
      <Sheet name="add-api" title="Add an API trigger">
        <Form intent="add-api" replace preventScrollReset>
          <OnceKey value={onceKey} />
          <p className="muted">A program with a key fires the routine, and the history tells which one.</p>
          <LabelField />
          <div className="form-actions">
            <Submit intent="add-api">Add API trigger</Submit>
          </div>
        </Form>
      </Sheet>
      {triggers.map((trigger) => (
        <Sheet key={trigger.id} name={`trigger-${trigger.id}`} title={nameTrigger(trigger)}>
          <TriggerSettings routineId={routineId} trigger={trigger} />
        </Sheet>
      ))}
    </>
  );
}

function LabelField({ label }: { label?: string | null }) {
  return (
    <Input
      label="Name"
      name="label"
      maxLength={120}
      defaultValue={label ?? ""}
      placeholder="Who sends it"
      autoComplete="off"
      optional
    />
  );
}

function WindowField({ seconds }: { seconds: number }) {
  return (
    <Input
      label="Oldest message, in seconds"
      name="replayWindowSec"
      type="number"
      min={30}
      max={86_400}
      defaultValue={seconds}
      inputMode="numeric"
      hint="An older message is refused, where its time is signed."
    />
  );
}

function TriggerSettings({ routineId, trigger }: { routineId: string; trigger: RoutineTrigger }) {
  const id = <input type="hidden" name="triggerId" value={trigger.id} />;
  const { kind } = trigger;
  return (
    <div className="stack">
      {kind === "api" && <ApiExample routineId={routineId} triggerId={trigger.id} />}
      {kind === "webhook" && trigger.webhookUrl && <pre className="sample">{trigger.webhookUrl}</pre>}
      {kind !== "api" && (
        <Form intent={`save-${kind}`} replace preventScrollReset>
          {id}
          {kind === "schedule" ? (
            <ScheduleFields routineId={routineId} trigger={trigger} />
          ) : (
            <>
              <LabelField label={trigger.label} />
              {trigger.signingMode === "hmac_sha256" ? (
                <WindowField seconds={trigger.replayWindowSec ?? 300} />
              ) : (
                <input type="hidden" name="replayWindowSec" value={trigger.replayWindowSec ?? 300} />
              )}
            </>
          )}
          <div className="form-actions">
            <Submit intent={`save-${kind}`}>Save</Submit>
          </div>
        </Form>
      )}
      <div className="line">
        <Form intent="switch-trigger" className="line" replace preventScrollReset>
          {id}
          <input type="hidden" name="enabled" value={trigger.enabled ? "no" : "yes"} />
          <Submit intent="switch-trigger" kind="plain">
            {trigger.enabled ? "Switch off" : "Switch on"}
          </Submit>
        </Form>
        {kind === "webhook" && (
          <Confirm intent="rotate-secret" label="New secret" confirm="Make a new secret" id={id}>
            The old one is worth nothing at once.
          </Confirm>
        )}
        <Confirm intent="delete-trigger" label="Delete" confirm="Delete it" id={id}>
          It stops firing for good.
        </Confirm>
      </div>
    </div>
  );
}

interface ConfirmProps {
  intent: string;
  label: string;
  confirm: string;
  id: JSX.Element;
  children: string;
}

function Confirm({ intent, label, confirm, id, children }: ConfirmProps) {
  return (
    <details className="confirm">
      <summary className="button" data-kind="danger">
        {label}
      </summary>
      <Form intent={intent} className="line" replace preventScrollReset>
        {id}
        <span className="sub">{children}</span>
        <Submit intent={intent} kind="danger">
          {confirm}
        </Submit>
      </Form>
    </details>
  );
}
