import type { ActionFunctionArgs } from "@remix-run/cloudflare";
import { Link, type MetaFunction } from "@remix-run/react";
import { readText } from "../../forms/read.ts";
import { isFailure, useResult } from "../../forms/use-result.ts";
import { authFailure, callAuth } from "../../server/auth.ts";
import { Submit } from "../../ui/button.tsx";
import { Input } from "../../ui/field.tsx";
import { Form } from "../../ui/form.tsx";
import { Gate } from "../../ui/gate.tsx";
import { Notice } from "../../ui/notice.tsx";

export const meta: MetaFunction = () => [{ title: "Forgot password · Boardroom" }];

export async function action({ context, request }: ActionFunctionArgs) {
  const form = await request.formData();
  const email = readText(form, "email");
  const answer = await callAuth(context, request, "/request-password-reset", { email, redirectTo: "/reset-password" });
  return answer.ok ? { sentTo: email } : authFailure(form, answer);
}

export default function ForgotPassword() {
  const result = useResult<{ sentTo: string }>();
  return (
    <Gate title="Forgot password" lead="We send a link with which you set a new one.">
      {result && !isFailure(result) && (
        <Notice tone="good">If {result.sentTo} has an account, the link is on its way. It is good for an hour.</Notice>
      )}
      <Form intent="forgot">
        <Input label="E-mail" name="email" type="email" autoComplete="username" required />
        <Submit intent="forgot" wide>
          Send the link
        </Submit>
      </Form>
      <p>
        <Link to="/sign-in">Back to sign-in</Link>
      </p>
    </Gate>
  );
}
