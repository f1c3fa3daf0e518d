import { operations } from "@boardroom/contract";
import { type ActionFunctionArgs, redirect } from "@remix-run/cloudflare";
import { Link, type MetaFunction, useFetcher, useLoaderData } from "@remix-run/react";
import { useRef, useState } from "react";
import { suggestPrefix } from "../format/prefix.ts";
import { failWith, InvalidForm, parseForm } from "../forms/act.ts";
import { invalidField } from "../forms/failure.ts";
import { readText } from "../forms/read.ts";
import { useFailure } from "../forms/use-result.ts";
import { boardLoader } from "../server/board.ts";
import { listCompanies } from "../server/companies.ts";
import { isBoardroomError } from "../server/errors.ts";
import { Submit } from "../ui/button.tsx";
import { Input } from "../ui/field.tsx";
import { Form, OnceKey } from "../ui/form.tsx";
import { Gate } from "../ui/gate.tsx";
import type { loader as prefixLoader } from "./prefix.tsx";

export const meta: MetaFunction = () => [{ title: "New company · Boardroom" }];

export const loader = boardLoader(async ({ context }) => {
  const companies = await listCompanies(context);
  return { isFirst: companies.length === 0, onceKey: crypto.randomUUID() };
});

export async function action({ context, request }: ActionFunctionArgs) {
  const form = await request.formData();
  try {
    const body = parseForm(
      operations["companies.create"].body,
      {
        name: readText(form, "name"),
        issuePrefix: readText(form, "issuePrefix") || undefined,
        idempotencyKey: readText(form, "idempotencyKey") || undefined,
      },
      form,
    );
    const company = await context.api.call("companies.create", { body });
    return redirect(`/${company.issuePrefix.toLowerCase()}/goals/new?first`);
  } catch (error) {
    return failWith(isTaken(error) ? prefixTaken(form) : error, request, form);
  }
}

function isTaken(error: unknown): boolean {
  return isBoardroomError(error) && error.code === "already_exists";
}

function prefixTaken(form: FormData): InvalidForm {
  return new InvalidForm(invalidField(form, "issuePrefix", "Another company has this prefix. Choose a different one."));
}

export default function Welcome() {
  const { isFirst, onceKey } = useLoaderData<typeof loader>();
  return (
    <Gate
      title={isFirst ? "Name your company" : "New company"}
      lead="Its agents, issues, goals and money are kept apart from any other."
    >
      <Form intent="found">
        <OnceKey value={onceKey} />
        <NameAndPrefix />
        <Submit intent="found" wide>
          Create company
        </Submit>
      </Form>
      {!isFirst && (
        <p>
          <Link to="/">Back to the board</Link>
        </p>
      )}
    </Gate>
  );
}

/** The prefix follows the name until it is written by hand; the server says whether it is free. */
function NameAndPrefix() {
  const failure = useFailure("found");
  const suggestion = useFetcher<typeof prefixLoader>();
  const prefix = useRef<HTMLInputElement>(null);
  const [isOwn, setOwn] = useState(Boolean(failure?.values.issuePrefix));
  const field = failure ? "typed" : "given";

  const follow = (name: string) => {
    if (isOwn) return;
    if (prefix.current) prefix.current.value = suggestPrefix(name);
    ask({ name });
  };
  const ask = (query: { name: string; wish?: string }) => suggestion.load(`/prefix?${new URLSearchParams(query)}`);

  const answer = suggestion.data;
  const isTaken = isOwn && answer?.wishIsFree === false;
  const example = answer && !isOwn ? answer.suggestion : undefined;
  return (
    <>
      <Input
        label="Company name"
        name="name"
        maxLength={120}
        autoFocus
        required
        onChange={(event) => follow(event.currentTarget.value)}
      />
      <div className="field">
        <label htmlFor="issue-prefix">Issue prefix</label>
        <input
          ref={prefix}
          key={field}
          id="issue-prefix"
          name="issuePrefix"
          className="input mono"
          defaultValue={failure?.values.issuePrefix}
          maxLength={10}
          pattern="[A-Za-z][A-Za-z0-9]{1,9}"
          autoCapitalize="characters"
          autoComplete="off"
          spellCheck={false}
          aria-invalid={failure?.fields.issuePrefix || isTaken ? true : undefined}
          aria-describedby="issue-prefix-hint"
          placeholder={example}
          onChange={(event) => {
            const wish = event.currentTarget.value;
            setOwn(wish !== "");
            if (wish.length >= 2) ask({ name: "", wish });
          }}
        />
        {failure?.fields.issuePrefix && !isTaken && <p className="error">{failure.fields.issuePrefix}</p>}
        <p className={isTaken ? "error" : "hint"} id="issue-prefix-hint" aria-live="polite">
          {isTaken
            ? `Taken. ${answer.suggestion} is free.`
            : "Numbers your issues, as in ACME-42, and stands in every address. Leave it empty and one is made from the name."}
        </p>
      </div>
    </>
  );
}
