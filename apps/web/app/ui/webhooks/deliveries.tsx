import type { WebhookDelivery } from "@boardroom/contract";
import { useSearchParams } from "@remix-run/react";
import { Submit } from "../button.tsx";
import { Form } from "../form.tsx";
import { Tag, type Tone } from "../notice.tsx";
import { ListEnd } from "../states.tsx";
import { RelativeTime } from "../time.tsx";

const tones: Record<WebhookDelivery["status"], readonly [Tone, string]> = {
  pending: ["attention", "Waiting"],
  delivered: ["good", "Delivered"],
  failed: ["bad", "Failed"],
};

interface DeliveriesProps {
  deliveries: WebhookDelivery[];
  nextCursor: string | null;
  canReplay: boolean;
}

/** What an endpoint was told, each with its attempts behind a tap. */
export function Deliveries({ deliveries, nextCursor, canReplay }: DeliveriesProps) {
  const [search] = useSearchParams();
  if (deliveries.length === 0)
    return (
      <p className="muted">{search.has("status") ? "None." : "Nothing yet. What happens from now on is told here."}</p>
    );
  return (
    <>
      <div className="bordered">
        {deliveries.map((delivery) => (
          <Delivery key={delivery.id} delivery={delivery} canReplay={canReplay} />
        ))}
      </div>
      {nextCursor && <ListEnd nextCursor={nextCursor} search={search} all="" />}
    </>
  );
}

function Delivery({ delivery, canReplay }: { delivery: WebhookDelivery; canReplay: boolean }) {
  const { id, eventType, status, attempts, messageId, nextAttemptAt, replayOfId, createdAt } = delivery;
  const [tone, word] = tones[status];
  const last = attempts.at(-1);
  return (
    <details className="delivery">
      <summary className="row" data-tall>
        <div className="row-text">
          <code>{eventType}</code>
          <small>
            {last ? (last.error ?? `${last.status} in ${last.durationMs} ms`) : "Not sent yet"}
            {replayOfId && " · sent once more"}
          </small>
        </div>
        <div className="meta">
          <Tag tone={tone}>{word}</Tag>
          <span className="wide-only">
            <RelativeTime at={createdAt} />
          </span>
        </div>
      </summary>
      <div className="delivery-more">
        <p className="muted">
          <code>webhook-id: {messageId}</code>
        </p>
        <ol className="attempts">
          {attempts.map((attempt) => (
            <li key={attempt.at}>
              <RelativeTime at={attempt.at} />: {attempt.status ?? "no answer"} after {attempt.durationMs} ms
              {attempt.error && <span className="muted"> {attempt.error}</span>}
              {attempt.response && <pre className="sample">{attempt.response}</pre>}
            </li>
          ))}
        </ol>
        {nextAttemptAt && status === "pending" && (
          <p className="muted">
            Next try <RelativeTime at={nextAttemptAt} />.
          </p>
        )}
        {canReplay && status !== "pending" && (
          <Form calls="webhookEndpoints.replay" intent="replay" replace preventScrollReset>
            <input type="hidden" name="deliveryId" value={id} />
            <div className="line">
              <Submit intent="replay" kind="plain">
                Send once more
              </Submit>
            </div>
          </Form>
        )}
      </div>
    </details>
  );
}
