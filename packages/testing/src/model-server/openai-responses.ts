import type { ConversationMessage, Dialect, ModelTurn } from "./conversation.ts";
import { contentText, type Json, object, objects, sse, string } from "./json.ts";

/** `POST /responses` (also below `/v1`), streamed. */
export const openaiResponses: Dialect = {
  name: "openai-responses",
  matches: (method, path) => method === "POST" && /^(?:\/v1)?\/responses$/.test(path),
  read(body) {
    const { model, instructions, input, tools } = object(body);
    const items = typeof input === "string" ? [{ type: "message", role: "user", content: input }] : objects(input);
    const isSystem = ({ role }: Json) => role === "developer" || role === "system";
    const words = items.filter((item) => isSystem(item)).map(({ content }) => contentText(content));
    return {
      model: string(model),
      system: [string(instructions), ...words].filter((text) => text !== "").join("\n"),
      messages: items.filter((item) => !isSystem(item)).flatMap(readItem),
      tools: [...objects(tools), ...items.flatMap((item) => objects(item.tools))].flatMap(readTool),
    };
  },
  write(turn, { body, id }) {
    const response = writeResponse(turn, id, string(object(body).model));
    if (object(body).stream !== true) return { contentType: "application/json", body: JSON.stringify(response) };
    const created = { ...response, status: "in_progress", output: [], usage: null };
    const events: [string, unknown][] = [["response.created", { type: "response.created", response: created }]];
    for (const [output_index, item] of response.output.entries()) {
      events.push(["response.output_item.added", { type: "response.output_item.added", output_index, item }]);
      events.push(["response.output_item.done", { type: "response.output_item.done", output_index, item }]);
    }
    events.push(["response.completed", { type: "response.completed", response }]);
    return { contentType: "text/event-stream", body: sse(events) };
  },
  writeError: ({ type, message }) => JSON.stringify({ error: { type, code: type, message } }),
};

function readItem(item: Json): ConversationMessage[] {
  const { type, role, content, name, output } = item;
  if (type === "function_call" || type === "custom_tool_call") {
    return [{ role: "tool_call", text: `${string(name)} ${string(item.arguments) || string(item.input)}` }];
  }
  if (type === "function_call_output" || type === "custom_tool_call_output") {
    return [{ role: "tool_result", text: contentText(output) }];
  }
  return role === "user" || role === "assistant" ? [{ role, text: contentText(content) }] : [];
}

/** The names of a tool, or of those in a namespace. */
const readTool = ({ name, type, tools }: Json): string[] =>
  type === "namespace" ? objects(tools).flatMap(readTool) : [string(name) || string(type)];

function writeResponse({ thinking, text, toolCalls = [], usage }: ModelTurn, id: string, model: string) {
  const output: Record<string, unknown>[] = [];
  if (thinking) output.push({ type: "reasoning", id: `rs_${id}`, summary: [{ type: "summary_text", text: thinking }] });
  if (text) {
    const content = [{ type: "output_text", text, annotations: [] }];
    output.push({ type: "message", id: `item_${id}`, role: "assistant", status: "completed", content });
  }
  for (const [at, { name, input }] of toolCalls.entries()) {
    const call_id = `call_${id}${at}`;
    // A tool with free input, such as apply_patch, is called with that text alone.
    const free = typeof input.freeform === "string" ? input.freeform : null;
    output.push(
      free === null
        ? {
            type: "function_call",
            id: `fc_${id}${at}`,
            call_id,
            name,
            arguments: JSON.stringify(input),
            status: "completed",
          }
        : { type: "custom_tool_call", id: `ctc_${id}${at}`, call_id, name, input: free, status: "completed" },
    );
  }
  const input_tokens = usage?.inputTokens ?? 100;
  const output_tokens = usage?.outputTokens ?? 10;
  return {
    id: `resp_${id}`,
    object: "response",
    status: "completed",
    model,
    output,
    usage: {
      input_tokens,
      input_tokens_details: { cached_tokens: usage?.cachedInputTokens ?? 0 },
      output_tokens,
      output_tokens_details: { reasoning_tokens: 0 },
      total_tokens: input_tokens + output_tokens,
    },
  };
}
