import { type ActionFunctionArgs, type LoaderFunctionArgs, redirect } from "@remix-run/cloudflare";
import { Link, type MetaFunction, useLoaderData } from "@remix-run/react";
import { readText } from "../../forms/read.ts";
import { authFailure, callAuth, cookiesOf, readVisitor } from "../../server/auth.ts";
import { safePath } from "../../server/back.ts";
import { Submit } from "../../ui/button.tsx";
import { Input } from "../../ui/field.tsx";
import { Form } from "../../ui/form.tsx";
import { Gate } from "../../ui/gate.tsx";

export const meta: MetaFunction = () => [{ title: "Create an account · Boardroom" }];

export async function loader({ context, request }: LoaderFunctionArgs) {
  const next = safePath(new URL(request.url).searchParams.get("next"));
  if (await readVisitor(context, request)) throw redirect(next);
  return { next };
}

export async function action({ context, request }: ActionFunctionArgs) {
  const form = await request.formData();
  const email = readText(form, "email");
  const answer = await callAuth(context, request, "/sign-up/email", {
    name: readText(form, "name") || (email.split("@")[0] ?? ""),
    email,
    password: String(form.get("password") ?? ""),
    callbackURL: "/verify-email",
  });
  if (!answer.ok) return authFailure(form, answer);
  return redirect(safePath(form.get("next")), { headers: cookiesOf(answer) });
}

export default function SignUp() {
  const { next } = useLoaderData<typeof loader>();
  return (
    <Gate
      title="Create an account"
      lead="You sit on the board: you set goals, hire agents and decide what they may spend."
    >
      <Form intent="sign-up">
        <input type="hidden" name="next" value={next} />
        <Input label="Your name" name="name" autoComplete="name" maxLength={100} required />
        <Input label="E-mail" name="email" type="email" autoComplete="username" required />
        <Input
          label="Password"
          name="password"
          type="password"
          autoComplete="new-password"
          minLength={8}
          maxLength={128}
          hint="At least 8 characters."
          required
        />
        <Submit intent="sign-up" wide>
          Create account
        </Submit>
      </Form>
      <p>
        <Link to={next === "/" ? "/sign-in" : `/sign-in?next=${encodeURIComponent(next)}`}>I have an account</Link>
      </p>
    </Gate>
  );
}
