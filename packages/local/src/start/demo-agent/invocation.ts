/** What the demo agent needs of a webhook's body. */
export interface DemoInvocation {
  type: string;
  agentId: string;
  companyId: string;
  runId: string;
  taskId: string | null;
  apiUrl: string;
  runToken: string;
}

/** Reads the body before its signature is checked, only to learn whose secret to check it with. */
export function readInvocation(body: string): DemoInvocation | null {
  try {
    const { type, data }: { type: string; data: DemoInvocation } = JSON.parse(body);
    return typeof data?.agentId === "string" ? { ...data, type } : null;
  } catch {
    return null;
  }
}
