import type { ExecutionContext, ToolCall, ToolDecision } from "../local-adapter.ts";
import { isBoardroomCall } from "./is-boardroom-call.ts";

/**
 * Asks whether a tool call may go on, unless it is nothing but a call of Boardroom's own API. Never throws.
 * @param command what a shell would run; null for other tools
 */
export async function askTool(
  context: ExecutionContext,
  call: ToolCall,
  command: string | null,
): Promise<ToolDecision> {
  if (command !== null && isBoardroomCall(command, context.env)) return { decision: "allow", note: null };
  try {
    return await context.askTool(call);
  } catch {
    return { decision: "deny", note: "The question could not be asked, so the answer is no." };
  }
}
