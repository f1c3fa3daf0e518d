import { type ActionFunctionArgs, type LoaderFunctionArgs, redirect } from "@remix-run/cloudflare";
import { Link, type MetaFunction, useLoaderData } from "@remix-run/react";
import { readText } from "../../forms/read.ts";
import { authFailure, callAuth, cookiesOf, readVisitor } from "../../server/auth.ts";
import { safePath } from "../../server/back.ts";
import { Submit } from "../../ui/button.tsx";
import { Input } from "../../ui/field.tsx";
import { Form } from "../../ui/form.tsx";
import { Gate } from "../../ui/gate.tsx";
import { Notice } from "../../ui/notice.tsx";

export const meta: MetaFunction = () => [{ title: "Sign in · Boardroom" }];

export async function loader({ context, request }: LoaderFunctionArgs) {
  const search = new URL(request.url).searchParams;
  const next = safePath(search.get("next"));
  if (await readVisitor(context, request)) throw redirect(next);
  return { next, wasReset: search.has("reset") };
}

export async function action({ context, request }: ActionFunctionArgs) {
  const form = await request.formData();
  const body = { email: readText(form, "email"), password: String(form.get("password") ?? "") };
  const answer = await callAuth(context, request, "/sign-in/email", body);
  if (!answer.ok) return authFailure(form, answer);
  return redirect(safePath(form.get("next")), { headers: cookiesOf(answer) });
}

export default function SignIn() {
  const { next, wasReset } = useLoaderData<typeof loader>();
  const kept = next === "/" ? "" : `?next=${encodeURIComponent(next)}`;
  return (
    <Gate title="Sign in">
      {wasReset && <Notice tone="good">Your new password is set. Sign in with it.</Notice>}
      <Form intent="sign-in">
        <input type="hidden" name="next" value={next} />
        <Input label="E-mail" name="email" type="email" autoComplete="username" required />
        <Input label="Password" name="password" type="password" autoComplete="current-password" required />
        <Submit intent="sign-in" wide>
          Sign in
        </Submit>
      </Form>
      <div className="line">
        <Link className="link" to={`/sign-up${kept}`}>
          Create an account
        </Link>
        <Link className="link push" to="/forgot-password">
          Forgot password
        </Link>
      </div>
    </Gate>
  );
}
