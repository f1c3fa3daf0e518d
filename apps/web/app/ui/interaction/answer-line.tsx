import type { Interaction } from "@boardroom/contract";
import { Link } from "@remix-run/react";
import { describeAnswer, readCreatedTasks } from "../../format/interaction.ts";
import { Tag, type Tone } from "../notice.tsx";
import { useCompany } from "../use-company.ts";

const outcomes: Record<Interaction["status"], { label: string; tone: Tone }> = {
  pending: { label: "Waits for you", tone: "attention" },
  accepted: { label: "Accepted", tone: "good" },
  rejected: { label: "Rejected", tone: "bad" },
  answered: { label: "Answered", tone: "good" },
  cancelled: { label: "Taken back", tone: "neutral" },
  expired: { label: "Expired", tone: "neutral" },
};

/** What became of a question: who answered what, and what was made of it. */
export function AnswerLine({
  interaction,
}: {
  interaction: Pick<Interaction, "status" | "kind" | "payload" | "result">;
}) {
  const { base } = useCompany();
  const created = readCreatedTasks(interaction.result);
  const { label, tone } = outcomes[interaction.status];
  const said = describeAnswer(interaction);
  return (
    <>
      <p className="line">
        <Tag tone={tone}>{label}</Tag>
        {said && <span className="muted">{said}</span>}
      </p>
      {created.length > 0 && (
        <ul className="plain-list">
          {created.map(({ issueId, identifier, title }) => (
            <li key={issueId}>
              <Link to={`${base}/issues/${identifier}`}>
                {identifier} {title}
              </Link>
            </li>
          ))}
        </ul>
      )}
    </>
  );
}
