import type { Interaction } from "@boardroom/contract";
import { Form, Link, useNavigation } from "@remix-run/react";
import { useFailure } from "../forms/use-result.ts";
import { Avatar } from "./avatar.tsx";
import { Button } from "./button.tsx";
import { FieldsOf, Textarea } from "./field.tsx";
import { Notice, Tag, type Tone } from "./notice.tsx";
import { PlainText } from "./plain-text.tsx";
import { RelativeTime } from "./time.tsx";
import { useCompany } from "./use-company.ts";

const outcomes: Record<Interaction["status"], { label: string; tone: Tone }> = {
  pending: { label: "Waits for you", tone: "attention" },
  accepted: { label: "Accepted", tone: "good" },
  rejected: { label: "Rejected", tone: "bad" },
  answered: { label: "Answered", tone: "good" },
  cancelled: { label: "Taken back", tone: "neutral" },
  expired: { label: "Expired", tone: "neutral" },
};

interface InteractionCardProps {
  interaction: Pick<Interaction, "id" | "issueId" | "status" | "payload" | "result" | "resolvedAt" | "createdAt">;
  asker: string;
  /** Left out on the issue's own page. */
  issue?: { identifier: string; title: string };
}

/** What an agent wants confirmed before it goes on, answerable in place. */
export function InteractionCard({ interaction, asker, issue }: InteractionCardProps) {
  const { base } = useCompany();
  const { formData } = useNavigation();
  const isPending = interaction.status === "pending";
  const note = interaction.result?.note;
  return (
    <article className="card" aria-busy={formData?.get("interactionId") === interaction.id || undefined}>
      <header className="line">
        <Avatar name={asker} />
        <h3>
          {asker} {isPending ? "asks" : "asked"} for your yes
        </h3>
        <span className="push faint">
          <RelativeTime at={interaction.resolvedAt ?? interaction.createdAt} />
        </span>
      </header>
      <PlainText text={textOf(interaction.payload.prompt) ?? ""} />
      {issue && (
        <p className="sub">
          For{" "}
          <Link to={`${base}/issues/${issue.identifier}`}>
            {issue.identifier} {issue.title}
          </Link>
        </p>
      )}
      {isPending ? (
        <AnswerForm interaction={interaction} asker={asker} />
      ) : (
        <p className="line">
          <Tag tone={outcomes[interaction.status].tone}>{outcomes[interaction.status].label}</Tag>
          {typeof note === "string" && <span className="muted">{note}</span>}
        </p>
      )}
    </article>
  );
}

function AnswerForm({ interaction, asker }: Pick<InteractionCardProps, "interaction" | "asker">) {
  const { acceptLabel, rejectLabel } = interaction.payload;
  const anyFailure = useFailure();
  const failure = anyFailure?.values.interactionId === interaction.id ? anyFailure : undefined;
  return (
    <Form method="post" className="stack" data-tight preventScrollReset>
      <input type="hidden" name="issueId" value={interaction.issueId} />
      <input type="hidden" name="interactionId" value={interaction.id} />
      {failure && <Notice tone="bad">{failure.message}</Notice>}
      <FieldsOf failure={failure}>
        <details className="note" open={(failure?.values.note ?? "") !== "" || undefined}>
          <summary>Add a note</summary>
          <Textarea label={`Note to ${asker}`} name="note" rows={2} maxLength={4000} />
        </details>
      </FieldsOf>
      <div className="line">
        <Button type="submit" name="intent" value="accept-interaction" kind="primary">
          {textOf(acceptLabel) ?? "Accept"}
        </Button>
        <Button type="submit" name="intent" value="reject-interaction" kind="danger">
          {textOf(rejectLabel) ?? "Reject"}
        </Button>
      </div>
    </Form>
  );
}

function textOf(value: unknown): string | null {
  return typeof value === "string" && value.trim() !== "" ? value : null;
}
