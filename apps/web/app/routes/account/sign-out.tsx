import { type ActionFunctionArgs, redirect } from "@remix-run/cloudflare";
import { callAuth, cookiesOf } from "../../server/auth.ts";

export async function action({ context, request }: ActionFunctionArgs) {
  const form = await request.formData();
  if (form.get("everywhere") === "yes") {
    const ended = await callAuth(context, request, "/revoke-sessions", {});
    // Signing out here while other sessions live on would look like the opposite of what was asked.
    if (!ended.ok) throw new Response(null, { status: 503 });
  }
  const answer = await callAuth(context, request, "/sign-out", {});
  return redirect("/sign-in", { headers: cookiesOf(answer) });
}

export const loader = () => redirect("/");
