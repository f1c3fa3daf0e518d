import type { ExecutionContext } from "../local-adapter.ts";
import { askTool, asObjects, asString, type JsonObject, summaryOf } from "../toolkit/index.ts";
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
  // The same item may be asked about again, for more than before: then without the sandbox, or below another root.
  const item = asString(params.approvalId) ?? asString(params.itemId) ?? "request";
  const call = { id, context, callId: `${item.slice(0, 150)}:${String(id).slice(0, 40)}` };
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
      const root = asString(grantRoot);
      // One to a line: a rule for some of them isn't one for all.
      const places = root === null ? paths : [...paths, root];
      return ask(call, "apply_patch", { changes, reason, grantRoot }, places.join("\n") || null);
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
  const { decision, note } = await askTool(context, { callId, tool, input, summary: summaryOf(summary) }, command);
  const isAllowed = decision === "allow";
  return {
    answer: { id, result: { decision: isAllowed ? "accept" : "decline" } },
    note: !isAllowed && note ? `The board denied this: ${note}` : null,
  };
}
