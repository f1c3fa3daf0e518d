import { Submit } from "../button.tsx";
import { CopyOnce } from "../copy-once.tsx";
import { Form } from "../form.tsx";

interface ConnectCeoProps {
  ceo: { id: string; name: string };
  /** Right after it was made; null for who comes back later. */
  secret: string | null;
}

/** The secret that a CEO's server checks with, or the way to another one: who left the page did not lose the CEO by it. */
export function ConnectCeo({ ceo: { id, name }, secret }: ConnectCeoProps) {
  return (
    <div className="stack">
      {secret ? (
        <CopyOnce
          title="Signing secret"
          secret={secret}
          hint={`Put it where ${name}'s server checks the signature of its webhooks.`}
        />
      ) : (
        <Form intent="rotate" className="stack" data-tight>
          <input type="hidden" name="agentId" value={id} />
          <p className="muted">
            {name} is hired, and its signing secret was shown. If it did not reach {name}'s server, make another one.
          </p>
          <div className="line">
            <Submit intent="rotate" kind="plain">
              Make another secret
            </Submit>
          </div>
        </Form>
      )}
      <Form intent="wake">
        <input type="hidden" name="agentId" value={id} />
        <div className="form-actions">
          <Submit intent="wake">It is in place: wake {name}</Submit>
        </div>
      </Form>
    </div>
  );
}
