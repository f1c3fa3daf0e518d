import { Form } from "@remix-run/react";
import { useFailure } from "../../forms/use-result.ts";
import { Button } from "../button.tsx";
import { FieldsOf, Textarea } from "../field.tsx";
import { Notice } from "../notice.tsx";

/** Lets work pass, or sends it back with what to change. */
export function ReviewForm({ issueId, reviewId }: { issueId: string; reviewId: string }) {
  const anyFailure = useFailure();
  const failure = anyFailure?.values.reviewId === reviewId ? anyFailure : undefined;
  return (
    <Form method="post" className="stack" data-tight preventScrollReset>
      <input type="hidden" name="issueId" value={issueId} />
      <input type="hidden" name="reviewId" value={reviewId} />
      {failure && <Notice tone="bad">{failure.message}</Notice>}
      <FieldsOf failure={failure}>
        <Textarea label="What to change, or a note" name="note" rows={2} maxLength={4000} optional />
      </FieldsOf>
      <div className="line">
        <Button type="submit" name="intent" value="approve-review" kind="primary">
          Approve the work
        </Button>
        <Button type="submit" name="intent" value="request-changes" kind="danger">
          Ask for changes
        </Button>
      </div>
    </Form>
  );
}
