import type { IssueStatus } from "@boardroom/contract";
import { Form as RemixForm } from "@remix-run/react";
import Check from "lucide-react/icons/check";
import { useEffect, useRef } from "react";
import { statesFrom } from "../../format/next-states.ts";
import { useFailure } from "../../forms/use-result.ts";
import type { ListedIssue } from "../../server/issue-list.ts";
import { Submit } from "../button.tsx";
import { Input, Select } from "../field.tsx";
import { Form } from "../form.tsx";
import { choicesOf, type Named } from "../issue/blocked.tsx";
import { Notice } from "../notice.tsx";
import { Sheet, SheetLink } from "../sheet.tsx";
import { issueLooks, StatusGlyph } from "../status-glyph.tsx";

interface MoveSheetsProps {
  issue: ListedIssue;
  members: Named[];
  agents: Named[];
  onMove: (to: IssueStatus) => void;
}

/** The states that a card can go to, and what being blocked needs beside. */
export function MoveSheets({ issue, members, agents, onMove }: MoveSheetsProps) {
  const { identifier } = issue;
  return (
    <>
      <Sheet name={`move-${identifier}`} title={`Move ${identifier}`}>
        <MoveForm issue={issue} onMove={onMove} />
      </Sheet>
      <Sheet name={`block-${identifier}`} title={`What stops ${identifier}?`}>
        <Form intent="block" replace preventScrollReset>
          <input type="hidden" name="issue" value={issue.id} />
          <Select label="Who acts" name="owner" options={choicesOf(members, agents)} required />
          <Input
            label="What they do"
            name="action"
            hint="So that the work can go on. They are told."
            maxLength={1000}
            required
          />
          <div className="form-actions">
            <Submit intent="block">Mark as blocked</Submit>
          </div>
        </Form>
      </Sheet>
    </>
  );
}

function MoveForm({ issue, onMove }: Pick<MoveSheetsProps, "issue" | "onMove">) {
  const failure = useFailure("move");
  const choices = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      const buttons = choices.current?.querySelectorAll<HTMLElement>("button, a") ?? [];
      const wished = buttons[Number(event.key) - 1];
      if (wished && !event.metaKey && !event.ctrlKey && !event.altKey) wished.click();
    };
    document.addEventListener("keydown", press);
    return () => document.removeEventListener("keydown", press);
  }, []);
  const asksWhy = (status: IssueStatus) => status === "blocked" && issue.status !== "blocked" && !issue.waits;
  return (
    <>
      {failure && <Notice tone="bad">{failure.message}</Notice>}
      <RemixForm
        method="post"
        replace
        preventScrollReset
        onSubmit={(event) => {
          event.preventDefault();
          const { submitter } = event.nativeEvent as SubmitEvent;
          if (submitter instanceof HTMLButtonElement) onMove(submitter.value as IssueStatus);
        }}
      >
        <input type="hidden" name="intent" value="move" />
        <input type="hidden" name="issue" value={issue.id} />
        <div className="choices" ref={choices}>
          {statesFrom(issue.status).map((status, at) => {
            const inside = (
              <>
                <StatusGlyph status={status} labelled={false} />
                <span>{issueLooks[status].label}</span>
                {status === issue.status && <Check size={16} aria-hidden="true" />}
                <kbd className="wide-only">{at + 1}</kbd>
              </>
            );
            return asksWhy(status) ? (
              <SheetLink key={status} sheet={`block-${issue.identifier}`} replace>
                {inside}
              </SheetLink>
            ) : (
              <button
                key={status}
                type="submit"
                name="status"
                value={status}
                aria-current={status === issue.status ? "true" : undefined}
              >
                {inside}
              </button>
            );
          })}
        </div>
      </RemixForm>
    </>
  );
}
