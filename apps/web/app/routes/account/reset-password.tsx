import { type ActionFunctionArgs, type LoaderFunctionArgs, redirect } from "@remix-run/cloudflare";
import { Link, type MetaFunction, useLoaderData } from "@remix-run/react";
import { authFailure, callAuth, cookiesOf } from "../../server/auth.ts";
import { Submit } from "../../ui/button.tsx";
import { Input } from "../../ui/field.tsx";
import { Form } from "../../ui/form.tsx";
import { Gate } from "../../ui/gate.tsx";

export const meta: MetaFunction = () => [{ title: "Set a new password · Boardroom" }];

export function loader({ request }: LoaderFunctionArgs) {
  const search = new URL(request.url).searchParams;
  return { token: search.has("error") ? "" : (search.get("token") ?? "") };
}

export async function action({ context, request }: ActionFunctionArgs) {
  const form = await request.formData();
  const body = { newPassword: String(form.get("password") ?? ""), token: String(form.get("token") ?? "") };
  const answer = await callAuth(context, request, "/reset-password", body);
  if (!answer.ok) return authFailure(form, answer);
  return redirect("/sign-in?reset", { headers: cookiesOf(answer) });
}

export default function ResetPassword() {
  const { token } = useLoaderData<typeof loader>();
  if (token === "") {
    return (
      <Gate title="This link is no longer good" lead="Links to set a password can be used once, within an hour.">
        <p>
          <Link to="/forgot-password">Ask for a new one</Link>
        </p>
      </Gate>
    );
  }
  return (
    <Gate title="Set a new password">
      <Form intent="reset">
        <input type="hidden" name="token" value={token} />
        <Input
          label="New password"
          name="password"
          type="password"
          autoComplete="new-password"
          minLength={8}
          maxLength={128}
          hint="At least 8 characters."
          required
        />
        <Submit intent="reset" wide>
          Set password
        </Submit>
      </Form>
    </Gate>
  );
}
