import { type ActionFunctionArgs, redirect } from "@remix-run/cloudflare";
import { readChoice } from "../forms/read.ts";
import { safePath } from "../server/back.ts";
import { themeCookie, themes } from "../server/theme.ts";

export async function action({ request }: ActionFunctionArgs) {
  const form = await request.formData();
  return redirect(safePath(form.get("back")), {
    headers: { "Set-Cookie": themeCookie(readChoice(form, "theme", themes)) },
  });
}
