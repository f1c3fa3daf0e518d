import { type ActionFunctionArgs, type LoaderFunctionArgs, redirect } from "@remix-run/cloudflare";
import { Link, type MetaFunction, useLoaderData } from "@remix-run/react";
import { readText } from "../../forms/read.ts";
import { asksForCode, authFailure, callAuth, cookiesOf, readVisitor } from "../../server/auth.ts";
import { safePath } from "../../server/back.ts";
import { Submit } from "../../ui/button.tsx";
import { Input } from "../../ui/field.tsx";
import { Form } from "../../ui/form.tsx";
import { Gate } from "../../ui/gate.tsx";
import { Notice, type Tone } from "../../ui/notice.tsx";

export const meta: MetaFunction = () => [{ title: "Sign in · Boardroom" }];

export async function loader({ context, request }: LoaderFunctionArgs) {
  const search = new URL(request.url).searchParams;
  const next = safePath(search.get("next"));
  if (await readVisitor(context, request)) throw redirect(next);
  return { next, notice: readNotice(search) };
}

const reasons: Record<string, string> = {
  late: "That took too long. Sign in again.",
  tries: "Too many wrong codes. Sign in again.",
  used: "That code was used already. Sign in again, with the next one.",
};

function readNotice(search: URLSearchParams): { tone: Tone; text: string } | null {
  if (search.has("reset")) return { tone: "good", text: "Your new password is set. Sign in with it." };
  const text = reasons[search.get("again") ?? ""];
  return text === undefined ? null : { tone: "attention", text };
}

export async function action({ context, request }: ActionFunctionArgs) {
  const form = await request.formData();
  const body = { email: readText(form, "email"), password: String(form.get("password") ?? "") };
  const answer = await callAuth(context, request, "/sign-in/email", body);
  if (!answer.ok) return authFailure(form, answer);
  const next = safePath(form.get("next"));
  const to = (await asksForCode(answer)) ? `/sign-in/code?next=${encodeURIComponent(next)}` : next;
  return redirect(to, { headers: cookiesOf(answer) });
}

export default function SignIn() {
  const { next, notice } = useLoaderData<typeof loader>();
  const kept = next === "/" ? "" : `?next=${encodeURIComponent(next)}`;
  return (
    <Gate title="Sign in">
      {notice && <Notice tone={notice.tone}>{notice.text}</Notice>}
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
