import type { IssueDetail, ReviewStage } from "@boardroom/contract";
import Plus from "lucide-react/icons/plus";
import { Submit } from "../button.tsx";
import { Select } from "../field.tsx";
import { Form } from "../form.tsx";
import { May } from "../may.tsx";
import { Tag, type Tone } from "../notice.tsx";
import { Section } from "../page.tsx";
import { Sheet, SheetLink } from "../sheet.tsx";
import { choicesOf, type Named } from "./blocked.tsx";
import { ReviewForm } from "./review-form.tsx";

const looks: Record<ReviewStage["status"], { label: string; tone: Tone }> = {
  pending: { label: "Comes later", tone: "neutral" },
  active: { label: "Waits for this", tone: "attention" },
  approved: { label: "Approved", tone: "good" },
  changes_requested: { label: "Changes asked for", tone: "bad" },
};

interface ReviewsProps {
  issue: Pick<IssueDetail, "id" | "identifier" | "status" | "reviews" | "assigneeAgentId">;
  members: Named[];
  agents: Named[];
}

/** Who looks at the work before it is done, in order, and how far it has come. */
export function Reviews({ issue, members, agents }: ReviewsProps) {
  const { reviews } = issue;
  const mayChange = issue.status !== "in_review" && issue.status !== "done" && issue.status !== "cancelled";
  const nameOf = ({ reviewerAgentId, reviewerUserId }: ReviewStage) =>
    [...members, ...agents].find(({ id }) => id === (reviewerUserId ?? reviewerAgentId))?.name ?? "A former member";
  if (reviews.length === 0) {
    return mayChange ? (
      <div className="line" data-offer>
        <SheetLink sheet="reviews" leadsTo="reviews.replace" className="button" data-kind="quiet">
          <Plus size={16} aria-hidden="true" />
          Add a reviewer
        </SheetLink>
      </div>
    ) : null;
  }
  return (
    <Section
      title="Review"
      aside={
        mayChange && (
          <SheetLink sheet="reviews" leadsTo="reviews.replace">
            Change
          </SheetLink>
        )
      }
    >
      <ol className="bordered">
        {reviews.map((stage) => (
          <li key={stage.id} className="row" data-tall data-wrap>
            <span className="row-text">
              <span>
                {stage.position}. {nameOf(stage)} {stage.kind === "approval" ? "approves" : "reviews"}
              </span>
              {stage.note && <small>{stage.note}</small>}
            </span>
            <Tag tone={looks[stage.status].tone}>{looks[stage.status].label}</Tag>
          </li>
        ))}
      </ol>
      <div className="below">
        {reviews
          .filter(({ status, reviewerUserId }) => status === "active" && reviewerUserId !== null)
          .map(({ id }) => (
            <May key={id} call="reviews.approve">
              <ReviewForm issueId={issue.id} reviewId={id} />
            </May>
          ))}
      </div>
    </Section>
  );
}

/** Three places: what is left empty is no stage. */
Reviews.Sheet = function ReviewsSheet({ issue, members, agents }: ReviewsProps) {
  const others = agents.filter(({ id }) => id !== issue.assigneeAgentId);
  const stages = Array.from({ length: Math.max(3, issue.reviews.length) }, (_, at) => issue.reviews[at]);
  return (
    <Sheet name="reviews" title={`Who reviews ${issue.identifier}?`}>
      <Form intent="set-reviews" replace preventScrollReset>
        <p className="sub">In this order. Whoever does the work doesn't review it.</p>
        {stages.map((stage, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: places have no other identity
          <div className="field-pair" key={at}>
            <Select
              label={`Stage ${at + 1}`}
              name="reviewer"
              options={[["", "Nobody"], ...choicesOf(members, others)]}
              defaultValue={
                stage ? (stage.reviewerUserId ? `user:${stage.reviewerUserId}` : `agent:${stage.reviewerAgentId}`) : ""
              }
            />
            <Select
              label={`Kind of stage ${at + 1}`}
              name="kind"
              options={[
                ["review", "Review"],
                ["approval", "Approval"],
              ]}
              defaultValue={stage?.kind ?? "review"}
            />
          </div>
        ))}
        <div className="form-actions">
          <Submit intent="set-reviews">Save</Submit>
        </div>
      </Form>
    </Sheet>
  );
};
