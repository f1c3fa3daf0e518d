import { BoardroomError } from "@boardroom/contract";

/** Tells the scripted agent whom it plays and how that one's webhooks are signed. */
export async function adoptByDemo(
  demoAgentUrl: string,
  agent: { id: string; companyId: string; webhookSecret: string | null },
): Promise<void> {
  const { id: agentId, companyId, webhookSecret } = agent;
  const answer = await fetch(new URL("/agents", demoAgentUrl), {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ agentId, companyId, webhookSecret }),
  });
  if (!answer.ok) throw new BoardroomError("unavailable", "The demo agent does not answer. Connect another one.");
}
