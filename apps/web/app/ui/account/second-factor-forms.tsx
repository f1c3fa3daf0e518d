import { useFailure } from "../../forms/use-result.ts";
import type { Setup } from "../../server/second-factor.ts";
import { Submit } from "../button.tsx";
import { Input } from "../field.tsx";
import { Form } from "../form.tsx";
import { CodeInput } from "./code-input.tsx";

export function StartSetup() {
  return (
    <Form intent="begin">
      <PasswordInput />
      <Submit intent="begin" wide>
        Set it up
      </Submit>
    </Form>
  );
}

/** The key for the app: to a camera, to an app on this very device, and to fingers. */
export function ConfirmSetup({ setup }: { setup: Setup }) {
  const { uri, key, qr, backupCodes } = setup;
  return (
    <div className="stack">
      <svg className="qr" viewBox={`0 0 ${qr.size} ${qr.size}`} role="img" aria-label="The key as a QR code">
        <title>The key as a QR code</title>
        <path d={qr.path} />
      </svg>
      <a className="button" data-wide href={uri}>
        Open in an app on this device
      </a>
      <details className="note">
        <summary>Type the key instead</summary>
        <code className="setup-key">{key.replace(/(.{4})(?=.)/g, "$1 ")}</code>
      </details>
      <Form intent="confirm">
        <input type="hidden" name="uri" value={uri} />
        <input type="hidden" name="backupCodes" value={backupCodes.join(" ")} />
        <CodeInput />
        <Submit intent="confirm" wide>
          Turn it on
        </Submit>
      </Form>
    </div>
  );
}

/** One password for either of two buttons; what was wrong stands here whichever was pressed. */
export function ManageSecondFactor() {
  const pressed = useFailure()?.intent ?? "renew";
  return (
    <Form intent={pressed}>
      <PasswordInput />
      <Submit intent="renew" kind="plain" wide>
        Make new backup codes
      </Submit>
      <Submit intent="turn-off" kind="danger" wide>
        Turn it off
      </Submit>
      <p className="sub">New backup codes replace the old ones. Your key in the app stays.</p>
    </Form>
  );
}

function PasswordInput() {
  return <Input label="Your password" name="password" type="password" autoComplete="current-password" required />;
}
