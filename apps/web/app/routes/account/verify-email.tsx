import { type LoaderFunctionArgs, redirect } from "@remix-run/cloudflare";
import { Link, type MetaFunction, useLoaderData } from "@remix-run/react";
import { callAuth, cookiesOf } from "../../server/auth.ts";
import { Gate } from "../../ui/gate.tsx";

export const meta: MetaFunction = () => [{ title: "E-mail address · Boardroom" }];

/** Either takes the token of the e-mail itself, or shows what Better Auth's own link led to. */
export async function loader({ context, request }: LoaderFunctionArgs) {
  const search = new URL(request.url).searchParams;
  const token = search.get("token");
  if (token === null) return { isVerified: !search.has("error") };
  const answer = await callAuth(context, request, `/verify-email?token=${encodeURIComponent(token)}`);
  throw redirect(answer.ok ? "/verify-email" : "/verify-email?error", { headers: cookiesOf(answer) });
}

export default function VerifyEmail() {
  const { isVerified } = useLoaderData<typeof loader>();
  return (
    <Gate
      title={isVerified ? "Your address is confirmed" : "This link is no longer good"}
      lead={isVerified ? "Nothing more to do here." : "Sign in and ask for a new one in Settings."}
    >
      <p>
        <Link to="/">Go to the board</Link>
      </p>
    </Gate>
  );
}
