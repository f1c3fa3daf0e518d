import { BoardroomError, type CliChallenge } from "@boardroom/contract";
import type { ActionFunctionArgs } from "@remix-run/cloudflare";
import { Link, type MetaFunction, redirect, useLoaderData } from "@remix-run/react";
import { failWith } from "../forms/act.ts";
import { readText } from "../forms/read.ts";
import { readVisitor } from "../server/auth.ts";
import { boardLoader } from "../server/board.ts";
import { isBoardroomError } from "../server/errors.ts";
import { Submit } from "../ui/button.tsx";
import { Input } from "../ui/field.tsx";
import { Form } from "../ui/form.tsx";
import { Gate } from "../ui/gate.tsx";
import { Notice } from "../ui/notice.tsx";

export const meta: MetaFunction = () => [{ title: "Let a device in · Boardroom" }];

export const loader = boardLoader(async ({ context, request }) => {
  const visitor = await readVisitor(context, request);
  if (!visitor) throw new BoardroomError("unauthenticated", "Sign in first.");
  const code = new URL(request.url).searchParams.get("code");
  if (!code) return { code: null, challenge: null, email: visitor.email };
  const challenge = await context.api.call("cliAuth.find", { query: { code } }).catch((error: unknown) => {
    if (isBoardroomError(error) && error.status < 500 && error.status !== 401) return null;
    throw error;
  });
  return { code, challenge, email: visitor.email };
});

export async function action({ context, request }: ActionFunctionArgs) {
  const form = await request.formData();
  try {
    const code = readText(form, "code");
    const params = { id: readText(form, "challengeId") };
    const intent = form.get("intent");
    if (intent === "approve") await context.api.call("cliAuth.approve", { params });
    else if (intent === "cancel") await context.api.call("cliAuth.cancel", { params });
    return redirect(`/device?code=${encodeURIComponent(code)}`);
  } catch (error) {
    return failWith(error, request, form);
  }
}

export default function Device() {
  const { code, challenge, email } = useLoaderData<typeof loader>();
  if (challenge) return <Challenge challenge={challenge} email={email} />;
  return (
    <Gate title="Let a device in" lead="Enter the code that its command line shows.">
      {code && <Notice tone="bad">No command line shows {code}. Codes work for ten minutes.</Notice>}
      <Form intent="find">
        <Input
          label="Code"
          name="code"
          placeholder="K7QF-2M9P"
          autoComplete="off"
          autoCapitalize="characters"
          maxLength={20}
          required
        />
        <Submit intent="find" wide>
          Go on
        </Submit>
      </Form>
    </Gate>
  );
}

const outcomes: Record<Exclude<CliChallenge["status"], "pending">, { title: string; lead: string }> = {
  approved: { title: "It is let in", lead: "Go back to the command line: it goes on by itself." },
  claimed: { title: "It has its key", lead: "You find the key in the settings, where you can revoke it." },
  cancelled: { title: "It was turned away", lead: "It gets no key." },
  expired: { title: "The code is too old", lead: "Start the command line again for a new one." },
};

function Challenge({ challenge, email }: { challenge: CliChallenge; email: string }) {
  const { id, userCode, clientName, address, scopes, keyDays, status } = challenge;
  if (status !== "pending") {
    return (
      <Gate {...outcomes[status]}>
        <p>
          <Link to="/">Go to the board</Link>
        </p>
      </Gate>
    );
  }
  return (
    <Gate title={`Let ${clientName} in?`} lead="Say yes only if you started it yourself, and it shows this code.">
      <dl className="facts">
        <Fact name="Code" value={userCode} />
        <Fact name="Asks from" value={address ?? "this machine or an unknown address"} />
        <Fact name="Acts as" value={email} />
        <Fact name="May do" value={scopes.length === 0 ? "all that you may" : scopes.join(", ")} />
        <Fact name="For" value={keyDays === 1 ? "1 day" : `${keyDays} days`} />
      </dl>
      <Form intent="approve">
        <input type="hidden" name="code" value={userCode} />
        <input type="hidden" name="challengeId" value={id} />
        <Submit intent="approve" wide>
          Let it in
        </Submit>
        <Submit intent="cancel" kind="plain" wide>
          Turn it away
        </Submit>
      </Form>
    </Gate>
  );
}

function Fact({ name, value }: { name: string; value: string }) {
  return (
    <div className="fact">
      <dt>{name}</dt>
      <dd>{value}</dd>
    </div>
  );
}
