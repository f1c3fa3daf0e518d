import type { MadeWebhook } from "../../server/routine-actions.ts";
import { CopyOnce } from "../copy-once.tsx";

/** The secret of a webhook, shown this once, with a command that fires the routine. */
export function WebhookMade({ made: { url, secret, signingMode } }: { made: MadeWebhook["webhook"] }) {
  return (
    <div className="stack" data-tight>
      <CopyOnce title="Webhook secret" secret={secret} hint={hints[signingMode] ?? ""} />
      <section className="stack" data-tight aria-label="How to fire it">
        <p className="muted">Send a POST to this address:</p>
        <pre className="sample">{url}</pre>
        {signingMode !== "github_hmac" && (
          <>
            <p className="muted">From a shell:</p>
            <pre className="sample">{signingMode === "bearer" ? bearerExample(url) : signedExample(url)}</pre>
          </>
        )}
      </section>
    </div>
  );
}

const hints: Record<string, string> = {
  bearer: "The sender puts it into the header Authorization, after the word Bearer.",
  hmac_sha256: "The sender signs each message with it.",
  github_hmac: "Put it into the webhook settings of the repository, with the content type application/json.",
};

const bearerExample = (url: string) => `curl -X POST '${url}' \\
  -H "Authorization: Bearer $SECRET" \\
  -H 'Content-Type: application/json' \\
  -d '{"order": 42}'`;

const signedExample = (url: string) => `body='{"order": 42}'; at=$(date +%s)
sign=$(printf '%s.%s' "$at" "$body" | openssl dgst -sha256 -hmac "$SECRET" -r | cut -d' ' -f1)
curl -X POST '${url}' \\
  -H "X-Boardroom-Timestamp: $at" -H "X-Boardroom-Signature: sha256=$sign" \\
  -H 'Content-Type: application/json' -d "$body"`;
