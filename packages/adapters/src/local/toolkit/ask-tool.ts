import type { ExecutionContext, ToolCall, ToolDecision } from "../local-adapter.ts";
import { isBoardroomCall } from "./is-boardroom-call.ts";

/**
 * Asks whether a tool call may go on. About what is nothing but a call of Boardroom's own API nobody is asked, but a rule may
 * deny it. Never throws.
 * @param command what a shell would run; null for other tools
 */
export async function askTool(
  context: ExecutionContext,
  call: ToolCall,
  command: string | null,
): Promise<ToolDecision> {
  const isOwn = command !== null && isBoardroomCall(command, context.env);
  try {
    return await context.askTool(isOwn ? { ...call, unlessDenied: true } : call);
  } catch {
    return { decision: "deny", note: "The question could not be asked, so the answer is no." };
  }
}
