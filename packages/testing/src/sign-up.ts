import { randomBytes } from "node:crypto";
import { type BoardroomClient, createClient } from "@boardroom/contract";

export interface TestPerson {
  name: string;
  email: string;
  password: string;
  cookie: string;
  /** Headers of a same-origin browser that is signed in as this person. */
  headers: Record<string, string>;
  board: BoardroomClient;
}

/** Signs a fresh person up through the public API, as a browser does. */
export async function signUp(url: string, name = "Olga Owner"): Promise<TestPerson> {
  const email = `person-${randomBytes(8).toString("hex")}@example.com`;
  const password = randomBytes(12).toString("base64url");
  const response = await fetch(`${url}/api/auth/sign-up/email`, {
    method: "POST",
    headers: { "content-type": "application/json", origin: url },
    body: JSON.stringify({ name, email, password }),
  });
  const answer = await response.text();
  if (!response.ok) throw new Error(`Sign-up answered ${response.status}: ${answer.slice(0, 300)}`);
  const cookies = response.headers.getSetCookie().map((each) => each.split(";", 1)[0]);
  const headers = { cookie: cookies.join("; "), origin: url };
  return { name, email, password, cookie: headers.cookie, headers, board: createClient({ baseUrl: url, headers }) };
}
