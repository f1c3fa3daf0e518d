import type { Key } from "@boardroom/contract";
import { Submit } from "./button.tsx";
import { Input } from "./field.tsx";
import { Form, OnceKey } from "./form.tsx";
import { Tag } from "./notice.tsx";
import { RelativeTime } from "./time.tsx";

/** Keys with their last use; revoking asks once more in place. */
export function KeyList({ keys, empty }: { keys: Key[]; empty: string }) {
  if (keys.length === 0) return <p className="muted">{empty}</p>;
  return (
    <div className="bordered">
      {keys.map((key) => (
        <div className="row" data-tall key={key.id}>
          <div className="row-text">
            <span>{key.name}</span>
            <small>
              <code>{key.prefix}</code>
              {" · "}
              {key.lastUsedAt ? (
                <>
                  used <RelativeTime at={key.lastUsedAt} />
                </>
              ) : (
                "never used"
              )}
            </small>
          </div>
          {key.revokedAt ? <Tag>Revoked</Tag> : <Revoke keyId={key.id} />}
        </div>
      ))}
    </div>
  );
}

function Revoke({ keyId }: { keyId: string }) {
  return (
    <details className="confirm">
      <summary className="button" data-kind="quiet">
        Revoke
      </summary>
      <Form intent="revoke-key" className="line" preventScrollReset>
        <input type="hidden" name="keyId" value={keyId} />
        <span className="sub">It stops working at once.</span>
        <Submit intent="revoke-key" kind="danger">
          Revoke it
        </Submit>
      </Form>
    </details>
  );
}

export function NewKeyForm({ onceKey, hint }: { onceKey: string; hint: string }) {
  return (
    <Form intent="create-key" preventScrollReset>
      <OnceKey value={onceKey} />
      <Input
        label="New key"
        name="name"
        placeholder="What will use it"
        maxLength={80}
        hint={hint}
        autoComplete="off"
        required
      />
      <div className="form-actions">
        <Submit intent="create-key" kind="plain">
          Make a key
        </Submit>
      </div>
    </Form>
  );
}
