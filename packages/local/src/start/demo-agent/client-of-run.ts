import { type BoardroomClient, createClient } from "@boardroom/contract";

/** The public API with a run token: all that an agent has. */
export function clientOfRun(apiUrl: string, runToken: string): BoardroomClient {
  return createClient({ baseUrl: apiUrl, headers: { authorization: `Bearer ${runToken}` } });
}
