import type { ConversationMessage, Dialect, ModelTurn } from "./conversation.ts";
import { contentText, object, objects, sse, string } from "./json.ts";

/** `POST /v1/messages`, streamed or not. */
export const anthropicMessages: Dialect = {
  name: "anthropic-messages",
  matches: (method, path) => method === "POST" && path === "/v1/messages",
  read(body) {
    const { model, system, messages, tools } = object(body);
    return {
      model: string(model),
      system: contentText(system),
      messages: objects(messages).flatMap(({ role, content }) =>
        readMessage(role === "assistant" ? role : "user", content),
      ),
      tools: objects(tools).map(({ name }) => string(name)),
    };
  },
  write(turn, { body, id }) {
    const { model, stream } = object(body);
    const message = writeMessage(turn, id, string(model));
    if (stream !== true) return { contentType: "application/json", body: JSON.stringify(message) };
    return { contentType: "text/event-stream", body: streamMessage(message) };
  },
  writeError: ({ type, message }) => JSON.stringify({ type: "error", error: { type, message } }),
};

function readMessage(role: "user" | "assistant", content: unknown): ConversationMessage[] {
  if (typeof content === "string") return [{ role, text: content }];
  return objects(content).flatMap((block): ConversationMessage[] => {
    if (block.type === "text") return [{ role, text: string(block.text) }];
    if (block.type === "tool_use")
      return [{ role: "tool_call", text: `${string(block.name)} ${JSON.stringify(block.input)}` }];
    if (block.type === "tool_result") return [{ role: "tool_result", text: contentText(block.content) }];
    return [];
  });
}

function writeMessage({ thinking, text, toolCalls = [], usage }: ModelTurn, id: string, model: string) {
  const content: Record<string, unknown>[] = [];
  if (thinking) content.push({ type: "thinking", thinking, signature: "c2lnbmVk" });
  if (text) content.push({ type: "text", text });
  for (const [at, { name, input }] of toolCalls.entries()) {
    content.push({ type: "tool_use", id: `toolu_${id}${at}`, name, input });
  }
  return {
    id: `msg_${id}`,
    type: "message",
    role: "assistant",
    model,
    content,
    stop_reason: toolCalls.length > 0 ? "tool_use" : "end_turn",
    stop_sequence: null,
    usage: {
      input_tokens: usage?.inputTokens ?? 100,
      cache_read_input_tokens: usage?.cachedInputTokens ?? 0,
      cache_creation_input_tokens: 0,
      output_tokens: usage?.outputTokens ?? 10,
    },
  };
}

function streamMessage(message: ReturnType<typeof writeMessage>): string {
  const { content, stop_reason, usage, ...rest } = message;
  const start = { ...rest, content: [], stop_reason: null, usage: { ...usage, output_tokens: 1 } };
  const events: [string, unknown][] = [["message_start", { type: "message_start", message: start }]];
  for (const [index, block] of content.entries()) {
    for (const event of streamBlock(block)) events.push([event.type, { ...event, index }]);
  }
  const delta = { stop_reason, stop_sequence: null };
  events.push(["message_delta", { type: "message_delta", delta, usage: { output_tokens: usage.output_tokens } }]);
  events.push(["message_stop", { type: "message_stop" }]);
  return sse(events);
}

function streamBlock(block: Record<string, unknown>): { type: string; [key: string]: unknown }[] {
  const deltas: Record<string, unknown>[] = [];
  const content_block = { ...block };
  if (block.type === "text") {
    content_block.text = "";
    deltas.push({ type: "text_delta", text: block.text });
  } else if (block.type === "thinking") {
    Object.assign(content_block, { thinking: "", signature: "" });
    deltas.push(
      { type: "thinking_delta", thinking: block.thinking },
      { type: "signature_delta", signature: block.signature },
    );
  } else {
    content_block.input = {};
    deltas.push({ type: "input_json_delta", partial_json: JSON.stringify(block.input) });
  }
  return [
    { type: "content_block_start", content_block },
    ...deltas.map((delta) => ({ type: "content_block_delta", delta })),
    { type: "content_block_stop" },
  ];
}
