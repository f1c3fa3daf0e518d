import { useFetcher } from "@remix-run/react";
import { type ChangeEvent, useEffect, useRef, useState } from "react";
import { suggestPrefix } from "../format/prefix.ts";
import { useFailure } from "../forms/use-result.ts";
import type { loader } from "../routes/prefix.tsx";
import { Input } from "./field.tsx";

/** A company's name, and its prefix, which follows the name until it is written by hand. */
export function NameAndPrefix() {
  const failure = useFailure("found");
  const typed = failure?.values.issuePrefix;
  const suggestion = useFetcher<typeof loader>();
  const prefix = useRef<HTMLInputElement>(null);
  const [follows, setFollows] = useState(false);
  const answer = suggestion.data;

  // Ours is a guess made at once; the server's is free as well.
  useEffect(() => {
    if (follows && answer && prefix.current?.value !== "") setValue(prefix.current, answer.suggestion);
  }, [follows, answer]);

  const ask = (name: string, wish: string) => {
    if (name !== "" || wish.length >= 2) suggestion.load(`/prefix?${new URLSearchParams({ name, wish })}`);
  };
  const changeName = ({ currentTarget: { value } }: ChangeEvent<HTMLInputElement>) => {
    if (!follows && prefix.current?.value !== "") return;
    setFollows(true);
    setValue(prefix.current, suggestPrefix(value));
    ask(value, "");
  };
  const changePrefix = ({ currentTarget: { value, form } }: ChangeEvent<HTMLInputElement>) => {
    setFollows(false);
    ask(String(new FormData(form ?? undefined).get("name") ?? ""), value);
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
          key={typed}
          id="issue-prefix"
          name="issuePrefix"
          className="input mono"
          defaultValue={typed}
          maxLength={10}
          pattern="[A-Za-z][A-Za-z0-9]{1,9}"
          autoCapitalize="characters"
          autoComplete="off"
          spellCheck={false}
          aria-invalid={error ? true : undefined}
          aria-describedby="issue-prefix-hint"
          onChange={changePrefix}
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
