import { type BoardroomClient, createClient } from "@boardroom/contract";
import { demoUser } from "./script.ts";

/** Signs the demo visitor in, or up on the first start, as a browser does; answers a client with their cookie. */
export async function signInDemoUser(url: string): Promise<BoardroomClient> {
  const { name, email, password } = demoUser;
  const signedIn = await callAuth(url, "sign-in/email", { email, password });
  const response = signedIn.ok ? signedIn : await callAuth(url, "sign-up/email", { name, email, password });
  if (!response.ok) {
    throw new Error(`The demo visitor could not sign up: ${response.status} ${(await response.text()).slice(0, 200)}`);
  }
  const cookie = response.headers.getSetCookie().map((each) => each.split(";", 1)[0]);
  return createClient({ baseUrl: url, headers: { cookie: cookie.join("; "), origin: url } });
}

function callAuth(url: string, path: string, body: object): Promise<Response> {
  return fetch(`${url}/api/auth/${path}`, {
    method: "POST",
    headers: { "content-type": "application/json", origin: url },
    body: JSON.stringify(body),
  });
}
