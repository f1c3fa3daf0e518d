import { BoardroomError } from "@boardroom/contract";
import { type ActionFunctionArgs, type LoaderFunctionArgs, redirect } from "@remix-run/cloudflare";
import { Link, type MetaFunction, useLoaderData } from "@remix-run/react";
import { failWith } from "../forms/act.ts";
import { isFailure, useResult } from "../forms/use-result.ts";
import { readVisitor } from "../server/auth.ts";
import { isBoardroomError } from "../server/errors.ts";
import { ButtonLink, Submit } from "../ui/button.tsx";
import { Form } from "../ui/form.tsx";
import { Gate } from "../ui/gate.tsx";
import { Notice } from "../ui/notice.tsx";

export const meta: MetaFunction = () => [{ title: "Join · Boardroom" }];

/** A link that leads nowhere is said like one that is over: kindly. */
export async function loader({ context, request, params }: LoaderFunctionArgs) {
  const token = params.token ?? "";
  const [invite, visitor] = await Promise.all([
    context.api.call("invites.get", { params: { token } }).catch((error: unknown) => {
      if (isBoardroomError(error) && error.status === 404) return null;
      throw error;
    }),
    readVisitor(context, request),
  ]);
  return { invite, email: visitor?.email ?? null, next: `/join/${token}` };
}

export async function action({ context, request, params }: ActionFunctionArgs) {
  const form = await request.formData();
  try {
    const joined = await context.api.call("invites.accept", { params: { token: params.token ?? "" } });
    const { outcome, issuePrefix, companyName } = joined;
    if (outcome === "joined" || outcome === "member") return redirect(`/${issuePrefix.toLowerCase()}`);
    if (outcome === "rejected") throw new BoardroomError("forbidden", `${companyName} did not let you in.`);
    return { asked: companyName };
  } catch (error) {
    return failWith(error, request, form);
  }
}

const over = {
  accepted: "This link was used already.",
  expired: "This link is too old.",
  revoked: "This link was withdrawn.",
};

export default function Join() {
  const { invite, email, next } = useLoaderData<typeof loader>();
  const result = useResult<{ asked: string }>();
  if (invite?.state !== "open") {
    const said = invite ? over[invite.state] : "This link leads nowhere.";
    return (
      <Gate title="You can't join by this link" lead={`${said} Ask who sent it for a new one.`}>
        <p>
          <Link to="/">Go to the board</Link>
        </p>
      </Gate>
    );
  }
  const { companyName, invitedByName, role, isOpen } = invite;
  return (
    <Gate title={`Join ${companyName}`} lead={`${invitedByName} invites you to its board, as ${role}.`}>
      {result && !isFailure(result) ? (
        <Notice tone="good">You asked {result.asked}. You are in as soon as somebody there says yes.</Notice>
      ) : email ? (
        <Form intent="join">
          <p className="muted">You are signed in as {email}.</p>
          <Submit intent="join" wide>
            {isOpen ? "Ask to join" : "Join"}
          </Submit>
        </Form>
      ) : (
        <div className="stack" data-tight>
          {invite.email && <p className="muted">It is for {invite.email}.</p>}
          <ButtonLink to={`/sign-up?next=${encodeURIComponent(next)}`} kind="primary" wide>
            Create an account
          </ButtonLink>
          <ButtonLink to={`/sign-in?next=${encodeURIComponent(next)}`} wide>
            I have an account
          </ButtonLink>
        </div>
      )}
    </Gate>
  );
}
