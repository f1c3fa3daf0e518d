import { type ChangeEvent, useEffect, useRef, useState } from "react";
import { suggestPrefix } from "../format/prefix.ts";
import { useFreePrefix } from "../forms/use-free-prefix.ts";
import { useFailure } from "../forms/use-result.ts";
import { Input } from "./field.tsx";

/** A company's name, and its prefix, which follows the name until it is written by hand. */
export function NameAndPrefix() {
  const failure = useFailure("found");
  const prefix = useRef<HTMLInputElement>(null);
  const [follows, setFollows] = useState(false);
  const [asked, setAsked] = useState({ name: "", wish: "" });
  const answer = useFreePrefix(asked.name, asked.wish);

  // Ours is a guess made at once; the server's is free as well. Nothing changes under the hands of whoever is in the field.
  const takeAnswer = () => {
    const isElsewhere = prefix.current !== document.activeElement && prefix.current?.value !== "";
    if (follows && answer && isElsewhere) setValue(prefix.current, answer.suggestion);
  };
  useEffect(takeAnswer, [follows, answer]);

  const changeName = ({ currentTarget: { value } }: ChangeEvent<HTMLInputElement>) => {
    if (!follows && prefix.current?.value !== "") return;
    setFollows(true);
    setValue(prefix.current, suggestPrefix(value));
    setAsked({ name: value, wish: "" });
  };
  const changePrefix = ({ currentTarget: { value, form } }: ChangeEvent<HTMLInputElement>) => {
    setFollows(false);
    setAsked({ name: String(new FormData(form ?? undefined).get("name") ?? ""), wish: value });
  };

  const isTaken = !follows && answer?.wishIsFree === false;
  const error = isTaken ? `Taken. ${answer.suggestion} is free.` : failure?.fields.issuePrefix;
  return (
    <>
      <Input label="Company name" name="name" maxLength={120} autoFocus required onChange={changeName} />
      {follows && <input type="hidden" name="followsName" value="yes" />}
      <div className="field">
        <label htmlFor="issue-prefix">Issue prefix</label>
        <input
          ref={prefix}
          id="issue-prefix"
          name="issuePrefix"
          className="input mono"
          defaultValue={failure?.values.issuePrefix}
          maxLength={10}
          pattern="[A-Za-z][A-Za-z0-9]{1,9}"
          autoCapitalize="characters"
          autoComplete="off"
          spellCheck={false}
          aria-invalid={error ? true : undefined}
          aria-describedby="issue-prefix-hint"
          onChange={changePrefix}
          onBlur={takeAnswer}
        />
        <p className={error ? "error" : "hint"} id="issue-prefix-hint" aria-live="polite">
          {error ??
            "Numbers your issues, as in ACME-42, and stands in every address. Leave it empty and one is made from the name."}
        </p>
      </div>
    </>
  );
}

function setValue(input: HTMLInputElement | null, value: string): void {
  if (input) input.value = value;
}
