import type { ExecutionContext } from "../local-adapter.ts";
import { askTool, asObject, asString, describeToolInput, parseObject } from "../toolkit/index.ts";

interface Process {
  send(line: string): void;
  end(): void;
}

/**
 * Talks with `claude --input-format stream-json`: passes its questions about tool calls on to the company's rules and the
 * board, and lets it go when it is through.
 */
export function answerControlRequest(context: ExecutionContext, line: string, process: Process): void {
  const event = parseObject(line);
  if (event?.type === "result") process.end();
  if (event?.type !== "control_request") return;
  const requestId = asString(event.request_id);
  const request = asObject(event.request);
  if (requestId === null) return;
  if (request?.subtype !== "can_use_tool") {
    respond(process, { subtype: "error", request_id: requestId, error: "This is not answered here." });
    return;
  }
  const input = asObject(request.input) ?? {};
  const call = {
    callId: asString(request.tool_use_id) ?? requestId,
    tool: asString(request.tool_name) ?? "unknown",
    input: { ...input },
    // What leaves the program's own sandbox isn't what rules were written for.
    summary: input.dangerouslyDisableSandbox === true ? null : describeToolInput(input),
  };
  const allow = (isAllowed: boolean, note: string | null) => {
    const response = isAllowed
      ? { behavior: "allow", updatedInput: input }
      : {
          behavior: "deny",
          message: note ?? "The board denied this tool call. Go on without it, or say what you need.",
        };
    respond(process, { subtype: "success", request_id: requestId, response });
  };
  // In the background it might go on after what was seen of it.
  const command = call.tool === "Bash" && input.run_in_background !== true ? asString(input.command) : null;
  askTool(context, call, command).then(({ decision, note }) => allow(decision === "allow", note));
}

const respond = (process: Process, response: Record<string, unknown>): void =>
  process.send(JSON.stringify({ type: "control_response", response }));
