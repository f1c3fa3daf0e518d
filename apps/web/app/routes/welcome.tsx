import { operations } from "@boardroom/contract";
import { type ActionFunctionArgs, redirect } from "@remix-run/cloudflare";
import { Link, type MetaFunction, useLoaderData } from "@remix-run/react";
import { failWith, InvalidForm, parseForm } from "../forms/act.ts";
import { invalidField } from "../forms/failure.ts";
import { readText } from "../forms/read.ts";
import { boardLoader } from "../server/board.ts";
import { listCompanies } from "../server/companies.ts";
import { isBoardroomError } from "../server/errors.ts";
import { Submit } from "../ui/button.tsx";
import { Form, OnceKey } from "../ui/form.tsx";
import { Gate } from "../ui/gate.tsx";
import { NameAndPrefix } from "../ui/name-and-prefix.tsx";

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
        // A prefix that only followed the name is made by the API, which knows what is free at this moment.
        issuePrefix: form.has("followsName") ? undefined : readText(form, "issuePrefix") || undefined,
        idempotencyKey: readText(form, "idempotencyKey") || undefined,
      },
      form,
    );
    const company = await context.api.call("companies.create", { body });
    return redirect(`/${company.issuePrefix.toLowerCase()}/start`);
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
