import type { Secret } from "@boardroom/contract";
import { RelativeTime } from "../time.tsx";
import { referenceTo } from "./secret-fields.tsx";

/** What can be known of a secret without its value. */
export function SecretFacts({ secret }: { secret: Secret }) {
  const kept = secret.keptVersions - 1;
  return (
    <dl className="facts">
      <div className="fact">
        <dt>Refer to it as</dt>
        <dd>
          <code>{referenceTo(secret.key)}</code>
        </dd>
      </div>
      <div className="fact">
        <dt>Version</dt>
        <dd>
          {secret.latestVersion}
          {kept > 0 && `, ${kept} earlier ${kept === 1 ? "one" : "ones"} kept`}
        </dd>
      </div>
      <div className="fact">
        <dt>New value</dt>
        <dd>{secret.lastRotatedAt ? <RelativeTime at={secret.lastRotatedAt} /> : "never since it was stored"}</dd>
      </div>
      <div className="fact">
        <dt>Last given out</dt>
        <dd>{secret.lastResolvedAt ? <RelativeTime at={secret.lastResolvedAt} /> : "never"}</dd>
      </div>
    </dl>
  );
}
