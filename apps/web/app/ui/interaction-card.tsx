import type { Interaction } from "@boardroom/contract";
import { Form, Link, useNavigation } from "@remix-run/react";
import { nameQuestion } from "../format/interaction.ts";
import { othersDecide } from "../format/other-roles.ts";
import { useFailure } from "../forms/use-result.ts";
import { Avatar } from "./avatar.tsx";
import { Button } from "./button.tsx";
import { FieldsOf, Textarea } from "./field.tsx";
import { AnswerLine } from "./interaction/answer-line.tsx";
import { QuestionFields } from "./interaction/question-fields.tsx";
import { May } from "./may.tsx";
import { Notice } from "./notice.tsx";
import { PlainText } from "./plain-text.tsx";
import { RelativeTime } from "./time.tsx";
import { useCompany } from "./use-company.ts";

interface InteractionCardProps {
  interaction: Pick<
    Interaction,
    "id" | "issueId" | "kind" | "status" | "payload" | "result" | "resolvedAt" | "expiresAt" | "createdAt"
  >;
  asker: string;
  /** Left out on the issue's own page. */
  issue?: { identifier: string; title: string };
  /** Of agents by their id, for suggested assignees. */
  names?: Record<string, string>;
}

/** What an agent wants from the board before it goes on, answerable in place. */
export function InteractionCard({ interaction, asker, issue, names = {} }: InteractionCardProps) {
  const { base } = useCompany();
  const { formData } = useNavigation();
  const isPending = interaction.status === "pending";
  const prompt = textOf(interaction.payload.prompt);
  return (
    <article className="card" aria-busy={formData?.get("interactionId") === interaction.id || undefined}>
      <header className="line">
        <Avatar name={asker} />
        <h3>
          {asker} {nameQuestion(interaction.kind, isPending)}
        </h3>
        <span className="push faint">
          <RelativeTime at={interaction.resolvedAt ?? interaction.createdAt} />
        </span>
      </header>
      {prompt && <PlainText text={prompt} />}
      {(issue || isPending) && (
        <p className="sub">
          {issue && (
            <>
              For{" "}
              <Link to={`${base}/issues/${issue.identifier}`}>
                {issue.identifier} {issue.title}
              </Link>
              {isPending && " · "}
            </>
          )}
          {isPending && (
            <>
              expires <RelativeTime at={interaction.expiresAt} />
            </>
          )}
        </p>
      )}
      {isPending ? (
        <May call="interactions.accept" otherwise={<p className="sub">{othersDecide("operator")}</p>}>
          <AnswerForm interaction={interaction} asker={asker} names={names} />
        </May>
      ) : (
        <AnswerLine interaction={interaction} />
      )}
    </article>
  );
}

function AnswerForm({
  interaction,
  asker,
  names,
}: Required<Pick<InteractionCardProps, "interaction" | "asker" | "names">>) {
  const { rejectLabel } = interaction.payload;
  const anyFailure = useFailure();
  const failure = anyFailure?.values.interactionId === interaction.id ? anyFailure : undefined;
  const [intent, label] = yesOf(interaction);
  return (
    <Form method="post" className="stack" data-tight preventScrollReset>
      <input type="hidden" name="issueId" value={interaction.issueId} />
      <input type="hidden" name="interactionId" value={interaction.id} />
      <input type="hidden" name="interactionKind" value={interaction.kind} />
      {failure && <Notice tone="bad">{failure.message}</Notice>}
      <FieldsOf failure={failure}>
        <QuestionFields interaction={interaction} names={names} />
        <details className="note" open={(failure?.values.note ?? "") !== "" || undefined}>
          <summary>Add a note</summary>
          <Textarea label={`Note to ${asker}`} name="note" rows={2} maxLength={4000} />
        </details>
      </FieldsOf>
      <div className="line">
        <Button type="submit" name="intent" value={intent} kind="primary">
          {label}
        </Button>
        <Button type="submit" name="intent" value="reject-interaction" kind="danger">
          {textOf(rejectLabel) ?? (interaction.kind === "ask_user_questions" ? "Don't answer" : "Reject")}
        </Button>
      </div>
    </Form>
  );
}

/** The button that answers, and what it sends. */
function yesOf({ kind, payload }: Pick<Interaction, "kind" | "payload">): [intent: string, label: string] {
  const label = textOf(payload.acceptLabel);
  switch (kind) {
    case "suggest_tasks":
      return ["accept-interaction", label ?? "Create the chosen"];
    case "ask_user_questions":
      return ["respond-interaction", "Send the answers"];
    case "request_checkbox_confirmation":
      return ["respond-interaction", label ?? "Confirm"];
    default:
      return ["accept-interaction", label ?? "Accept"];
  }
}

function textOf(value: unknown): string | null {
  return typeof value === "string" && value.trim() !== "" ? value : null;
}
