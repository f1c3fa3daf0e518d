import type { ExecutionContext } from "../local-adapter.ts";
import { askTool, asObjects, asString, type JsonObject } from "../toolkit/index.ts";
import { unwrapCommand } from "./unwrap-command.ts";

export interface Asked {
  /** What file changes are about, by their item. */
  changes: Map<string, unknown>;
}

interface ServerRequest {
  id: unknown;
  method: string;
  params: JsonObject;
}

interface Decided {
  answer: { id: unknown; result?: unknown; error?: { code: number; message: string } };
  /** To be said to the model, which hears of a denial but not why. */
  note: string | null;
}

/** Answers a question of the app server; what nobody can decide on is declined. Never throws. */
export async function decideRequest(context: ExecutionContext, asked: Asked, request: ServerRequest): Promise<Decided> {
  const { id, method, params } = request;
  const call = { id, context, callId: asString(params.approvalId) ?? asString(params.itemId) ?? String(id) };
  switch (method) {
    case "item/commandExecution/requestApproval": {
      const command = unwrapCommand(asString(params.command) ?? "");
      const { cwd, reason, kind } = params;
      return ask(call, "shell", { command, cwd, reason, kind }, command);
    }
    case "item/fileChange/requestApproval": {
      const changes = asObjects(asked.changes.get(asString(params.itemId) ?? ""));
      const paths = changes.map(({ path }) => asString(path)).filter((path) => path !== null);
      const { reason, grantRoot } = params;
      return ask(call, "apply_patch", { changes, reason, grantRoot }, paths.join(", ") || null);
    }
    case "item/permissions/requestApproval":
      return { answer: { id, result: { permissions: {}, scope: "turn" } }, note: null };
    case "item/tool/requestUserInput":
      return { answer: { id, result: { answers: {} } }, note: null };
    case "mcpServer/elicitation/request":
      return { answer: { id, result: { action: "decline", content: null, _meta: null } }, note: null };
    default:
      return { answer: { id, error: { code: -32601, message: "This is not answered here." } }, note: null };
  }
}

async function ask(
  { id, context, callId }: { id: unknown; context: ExecutionContext; callId: string },
  tool: string,
  input: Record<string, unknown>,
  summary: string | null,
): Promise<Decided> {
  const command = tool === "shell" ? summary : null;
  const { decision, note } = await askTool(
    context,
    { callId, tool, input, summary: summary?.slice(0, 2000) ?? null },
    command,
  );
  const isAllowed = decision === "allow";
  return {
    answer: { id, result: { decision: isAllowed ? "accept" : "decline" } },
    note: !isAllowed && note ? `The board denied this: ${note}` : null,
  };
}
