import type { ActionFunctionArgs, LoaderFunctionArgs } from "@remix-run/cloudflare";
import { Link, type MetaFunction, useLoaderData } from "@remix-run/react";
import { isFailure, useResult } from "../../forms/use-result.ts";
import { readVisitor } from "../../server/auth.ts";
import { safePath } from "../../server/back.ts";
import {
  beginSetup,
  confirmSetup,
  renewBackupCodes,
  type SecondFactorResult,
  turnOff,
} from "../../server/second-factor.ts";
import { ConfirmSetup, ManageSecondFactor, StartSetup } from "../../ui/account/second-factor-forms.tsx";
import { ButtonLink } from "../../ui/button.tsx";
import { CopyOnce } from "../../ui/copy-once.tsx";
import { Gate } from "../../ui/gate.tsx";
import { Notice } from "../../ui/notice.tsx";

export const meta: MetaFunction = () => [{ title: "Second factor · Boardroom" }];

/**
 * It stands outside of the companies, and shows something also to who isn't signed in: without JavaScript the answer to
 * the first code is rendered for a request whose session has just been replaced.
 */
export async function loader({ context, request }: LoaderFunctionArgs) {
  const visitor = await readVisitor(context, request);
  const search = new URL(request.url).searchParams;
  return {
    next: safePath(search.get("next")),
    isOff: search.has("off"),
    isOn: visitor?.hasSecondFactor ?? null,
  };
}

export async function action({ context, request }: ActionFunctionArgs) {
  const form = await request.formData();
  const ask = { context, request, form };
  switch (form.get("intent")) {
    case "confirm":
      return confirmSetup(ask);
    case "renew":
      return renewBackupCodes(ask);
    case "turn-off":
      return turnOff(ask);
    default:
      return beginSetup(ask);
  }
}

export default function SecondFactor() {
  const { next, isOff, isOn } = useLoaderData<typeof loader>();
  const result = useResult<SecondFactorResult>();
  const back = (
    <p>
      <Link to={next}>{next === "/" ? "Go to the board" : "Back to settings"}</Link>
    </p>
  );
  if (result && !isFailure(result) && "backupCodes" in result) {
    return (
      <Gate title="Keep your backup codes" lead="The second factor is on. Without your phone, these let you in.">
        <CopyOnce
          title="Backup codes"
          secret={result.backupCodes.join("\n")}
          hint="Each works once, instead of the app's code."
        />
        <ButtonLink to={next} kind="primary" wide>
          I have kept them
        </ButtonLink>
      </Gate>
    );
  }
  if (result && "setup" in result && result.setup) {
    return (
      <Gate title="Scan this with your app" lead="Then enter the code that it shows.">
        <ConfirmSetup setup={result.setup} />
        {back}
      </Gate>
    );
  }
  if (isOn === null) {
    return (
      <Gate title="Sign in first">
        <p>
          <Link to={`/sign-in?next=${encodeURIComponent(`/second-factor?next=${encodeURIComponent(next)}`)}`}>
            Go to sign-in
          </Link>
        </p>
      </Gate>
    );
  }
  return (
    <Gate
      title="Second factor"
      lead={
        isOn
          ? "It is on: after the password, signing in asks for a code of your app."
          : "After the password, signing in asks for a code too. An authenticator app on your phone shows it; any will do."
      }
    >
      {isOff && !isOn && <Notice tone="good">The second factor is off. Your password is enough again.</Notice>}
      {isOn ? <ManageSecondFactor /> : <StartSetup />}
      {back}
    </Gate>
  );
}
