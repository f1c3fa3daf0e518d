import { type ActionFunctionArgs, type LoaderFunctionArgs, redirect } from "@remix-run/cloudflare";
import { Link, type MetaFunction, useLoaderData } from "@remix-run/react";
import { readText } from "../../forms/read.ts";
import { authFailure, callAuth, cookiesOf, readVisitor } from "../../server/auth.ts";
import { safePath } from "../../server/back.ts";
import { CodeInput } from "../../ui/account/code-input.tsx";
import { Submit } from "../../ui/button.tsx";
import { Input } from "../../ui/field.tsx";
import { Form } from "../../ui/form.tsx";
import { Gate } from "../../ui/gate.tsx";

export const meta: MetaFunction = () => [{ title: "Enter a code · Boardroom" }];

export async function loader({ context, request }: LoaderFunctionArgs) {
  const search = new URL(request.url).searchParams;
  const next = safePath(search.get("next"));
  if (await readVisitor(context, request)) throw redirect(next);
  return { next, isBackup: search.has("backup") };
}

/** After these the password is asked for again; the sign-in page says why. */
const endings: Record<string, string> = {
  INVALID_TWO_FACTOR_COOKIE: "late",
  TOO_MANY_ATTEMPTS_REQUEST_NEW_CODE: "tries",
  CODE_ALREADY_USED: "used",
};

export async function action({ context, request }: ActionFunctionArgs) {
  const form = await request.formData();
  const next = safePath(form.get("next"));
  const path = form.get("intent") === "backup-code" ? "/two-factor/verify-backup-code" : "/two-factor/verify-totp";
  const code = readText(form, "code").replace(/\s/g, "").toLowerCase();
  const answer = await callAuth(context, request, path, { code });
  if (answer.ok) return redirect(next, { headers: cookiesOf(answer) });
  const failure = await authFailure(form, answer);
  const again = endings[failure.data.code];
  return again ? redirect(`/sign-in?again=${again}&next=${encodeURIComponent(next)}`) : failure;
}

export default function SignInCode() {
  const { next, isBackup } = useLoaderData<typeof loader>();
  const other = new URLSearchParams({ ...(isBackup ? {} : { backup: "" }), next });
  const intent = isBackup ? "backup-code" : "code";
  return (
    <Gate
      title={isBackup ? "Enter a backup code" : "Enter the code"}
      lead={isBackup ? "One of the ten that you kept. Each works once." : "Your authenticator app shows it."}
    >
      <Form intent={intent} key={intent}>
        <input type="hidden" name="next" value={next} />
        {isBackup ? (
          <Input
            label="Backup code"
            name="code"
            placeholder="k7qf2-m9pxa"
            autoComplete="off"
            autoCapitalize="none"
            spellCheck={false}
            maxLength={20}
            autoFocus
            required
          />
        ) : (
          <CodeInput />
        )}
        <Submit intent={intent} wide>
          Sign in
        </Submit>
      </Form>
      <div className="line">
        <Link className="link" to={`/sign-in/code?${other}`}>
          {isBackup ? "Use the app" : "Use a backup code"}
        </Link>
        <Link className="link push" to={`/sign-in?next=${encodeURIComponent(next)}`}>
          Start over
        </Link>
      </div>
    </Gate>
  );
}
