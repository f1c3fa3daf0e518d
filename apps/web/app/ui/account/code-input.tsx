import { Input } from "../field.tsx";

/** The six digits of an authenticator app, however they are grouped. */
export function CodeInput() {
  return (
    <Input
      label="Code"
      name="code"
      inputMode="numeric"
      autoComplete="one-time-code"
      pattern="\s*(\d\s*){6}"
      title="Six digits"
      maxLength={9}
      autoFocus
      required
    />
  );
}
