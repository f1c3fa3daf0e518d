import type { Key, OperationId } from "@boardroom/contract";
import { Submit } from "./button.tsx";
import { Input, Select } from "./field.tsx";
import { Form, OnceKey } from "./form.tsx";
import { May } from "./may.tsx";
import { Tag } from "./notice.tsx";
import { RelativeTime } from "./time.tsx";

/** Keys with their last use; revoking asks once more in place. */
export function KeyList({ keys, revokes, empty }: { keys: Key[]; revokes: OperationId; empty: string }) {
  if (keys.length === 0) return <p className="muted">{empty}</p>;
  return (
    <div className="bordered">
      {keys.map((key) => (
        <div className="row" data-tall data-wrap key={key.id}>
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
              {key.scopes.length > 0 && ` · may ${key.scopes.join(", ")}`}
              {key.expiresAt && !key.revokedAt && (
                <>
                  {isOver(key) ? " · ended " : " · until "}
                  <RelativeTime at={key.expiresAt} />
                </>
              )}
            </small>
          </div>
          {key.revokedAt ? (
            <Tag>Revoked</Tag>
          ) : (
            <May call={revokes}>
              <Revoke keyId={key.id} />
            </May>
          )}
        </div>
      ))}
    </div>
  );
}

const isOver = ({ expiresAt }: Key) => expiresAt !== null && Date.parse(expiresAt) <= Date.now();

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
      <Select
        label="It may"
        name="may"
        options={[
          ["all", "do all that its owner may"],
          ["read", "only read"],
        ]}
      />
      <Select
        label="It works"
        name="days"
        defaultValue="0"
        options={[
          ["0", "until it is revoked"],
          ["30", "for 30 days"],
          ["90", "for 90 days"],
          ["365", "for a year"],
        ]}
      />
      <div className="form-actions">
        <Submit intent="create-key" kind="plain">
          Make a key
        </Submit>
      </div>
    </Form>
  );
}
