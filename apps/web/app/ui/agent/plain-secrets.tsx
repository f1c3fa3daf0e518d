import type { PlainSecret } from "../../server/plain-secrets.ts";
import { Submit } from "../button.tsx";
import { Form } from "../form.tsx";
import { Notice } from "../notice.tsx";

/** Warns of secrets that everybody at the board can read, and makes stored ones of them in one tap. */
export function PlainSecrets({ found }: { found: PlainSecret[] }) {
  if (found.length === 0) return null;
  return (
    <Notice tone="attention">
      <p>What looks like a secret stands here for everybody at the board to read.</p>
      <div className="stack" data-tight>
        {found.map(({ section, field }) => (
          <Form
            key={`${section}.${field}`}
            intent="adopt-secret"
            action="?tab=configuration"
            className="line"
            preventScrollReset
          >
            <input type="hidden" name="section" value={section} />
            <input type="hidden" name="field" value={field} />
            <code>{field}</code>
            <Submit intent="adopt-secret" kind="plain">
              Make it a secret
            </Submit>
          </Form>
        ))}
      </div>
    </Notice>
  );
}
