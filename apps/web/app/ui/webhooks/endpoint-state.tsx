import type { WebhookEndpoint } from "@boardroom/contract";
import { Tag } from "../notice.tsx";
import { RelativeTime } from "../time.tsx";
import { eventKinds } from "./endpoint-fields.tsx";

/** Whether webhooks get through, in a word. */
export function EndpointTag({ endpoint }: { endpoint: WebhookEndpoint }) {
  if (endpoint.status === "disabled") return <Tag tone={endpoint.disabledReason ? "bad" : "attention"}>Stopped</Tag>;
  if (endpoint.failingSince) return <Tag tone="bad">Failing</Tag>;
  return null;
}

/** The host of an address, which is what one knows it by. */
export const hostOf = (url: string): string => {
  try {
    return new URL(url).host;
  } catch {
    return url;
  }
};

const labels = new Map<string, string>(eventKinds.map(([kind, label]) => [kind, label]));

/** What it is told, in a line. */
export const toldIn = ({ eventTypes }: WebhookEndpoint): string =>
  eventTypes.length === 0 ? "Everything" : eventTypes.map((type) => labels.get(type) ?? type).join(", ");

/** What is known of an endpoint. */
export function EndpointFacts({ endpoint }: { endpoint: WebhookEndpoint }) {
  const { url, pendingCount, lastDeliveredAt, failingSince } = endpoint;
  return (
    <dl className="facts">
      <div className="fact">
        <dt>Address</dt>
        <dd>
          <code>{url}</code>
        </dd>
      </div>
      <div className="fact">
        <dt>Is told of</dt>
        <dd>{toldIn(endpoint)}</dd>
      </div>
      <div className="fact">
        <dt>Last delivered</dt>
        <dd>{lastDeliveredAt ? <RelativeTime at={lastDeliveredAt} /> : "nothing yet"}</dd>
      </div>
      {failingSince && (
        <div className="fact">
          <dt>Failing since</dt>
          <dd>
            <RelativeTime at={failingSince} />
          </dd>
        </div>
      )}
      <div className="fact">
        <dt>Waiting</dt>
        <dd>{pendingCount === 1000 ? "1,000 or more" : pendingCount}</dd>
      </div>
    </dl>
  );
}
