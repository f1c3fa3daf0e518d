import type { PendingDecision } from "@boardroom/contract";
import { Form, useNavigation } from "@remix-run/react";
import type { ReactNode } from "react";
import { Button } from "../button.tsx";

/** The fields by which the forms of the cards name what they answer. */
const namedBy = ["approvalId", "interactionId", "toolApprovalId", "incidentId", "snoozedId"];

/** One card of the queue: dims while its answer is on its way, and can be put off. */
export function QueueItem({
  decision: { kind, id, snoozedUntil },
  children,
}: {
  decision: Pick<PendingDecision, "kind" | "id" | "snoozedUntil">;
  children: ReactNode;
}) {
  const { formData } = useNavigation();
  const isLeaving = namedBy.some((field) => formData?.get(field) === id);
  return (
    <li className="queue-item" data-decision={id} data-leaving={isLeaving || undefined}>
      {children}
      <Form method="post" className="queue-later" preventScrollReset>
        <input type="hidden" name="snoozedKind" value={kind} />
        <input type="hidden" name="snoozedId" value={id} />
        <Button type="submit" name="intent" value={snoozedUntil ? "unsnooze" : "snooze"} kind="quiet" data-later>
          {snoozedUntil ? "Bring it back" : "Later"}
        </Button>
      </Form>
    </li>
  );
}
