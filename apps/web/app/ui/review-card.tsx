import type { ReviewListItem } from "@boardroom/contract";
import { Link, useNavigation } from "@remix-run/react";
import { othersDecide } from "../format/other-roles.ts";
import { Avatar } from "./avatar.tsx";
import { ReviewForm } from "./issue/review-form.tsx";
import { May } from "./may.tsx";
import { RelativeTime } from "./time.tsx";
import { useCompany } from "./use-company.ts";

/** Work that a person is to look at before it is done. */
export function ReviewCard({ review }: { review: ReviewListItem }) {
  const { base } = useCompany();
  const { formData } = useNavigation();
  const who = review.assigneeName ?? "Somebody";
  return (
    <article className="card" aria-busy={formData?.get("reviewId") === review.id || undefined}>
      <header className="line">
        <Avatar name={who} />
        <h3>
          {who} asks for {review.kind === "approval" ? "an approval" : "a review"}
        </h3>
        <span className="push faint">
          <RelativeTime at={review.updatedAt} />
        </span>
      </header>
      <p>
        <Link to={`${base}/issues/${review.issueIdentifier}`}>
          {review.issueIdentifier} {review.issueTitle}
        </Link>
      </p>
      <May call="reviews.approve" otherwise={<p className="sub">{othersDecide("operator")}</p>}>
        <ReviewForm issueId={review.issueId} reviewId={review.id} />
      </May>
    </article>
  );
}
