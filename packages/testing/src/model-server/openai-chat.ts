import type { ConversationMessage, Dialect, ModelTurn } from "./conversation.ts";
import { contentText, object, objects, sse, string } from "./json.ts";

/** `POST /chat/completions` (also below `/v1`), streamed or not. */
export const openaiChat: Dialect = {
  name: "openai-chat",
  matches: (method, path) => method === "POST" && /^(?:\/v1)?\/chat\/completions$/.test(path),
  read(body) {
    const { model, messages, tools } = object(body);
    const isSystem = ({ role }: Readonly<Record<string, unknown>>) => role === "system" || role === "developer";
    return {
      model: string(model),
      system: objects(messages)
        .filter(isSystem)
        .map(({ content }) => contentText(content))
        .join("\n"),
      messages: objects(messages)
        .filter((message) => !isSystem(message))
        .flatMap(readMessage),
      tools: objects(tools).map((tool) => string(object(tool.function).name)),
    };
  },
  write(turn, { body, id }) {
    const model = string(object(body).model);
    const { message, finish_reason, usage } = writeMessage(turn, id);
    const common = { id: `chatcmpl-${id}`, created: 0, model };
    if (object(body).stream !== true) {
      const choices = [{ index: 0, message: { role: "assistant", ...message }, finish_reason }];
      const whole = { ...common, object: "chat.completion", choices, usage };
      return { contentType: "application/json", body: JSON.stringify(whole) };
    }
    const chunk = (delta: unknown, reason: string | null) => ({
      ...common,
      object: "chat.completion.chunk",
      choices: [{ index: 0, delta, finish_reason: reason }],
    });
    const tool_calls = message.tool_calls?.map((call, index) => ({ index, ...call }));
    const delta = { role: "assistant", ...message, ...(tool_calls ? { tool_calls } : {}) };
    const end = { ...chunk({}, finish_reason), usage };
    return {
      contentType: "text/event-stream",
      body: sse([
        [null, chunk(delta, null)],
        [null, end],
        [null, "[DONE]"],
      ]),
    };
  },
  writeError: ({ type, message }) => JSON.stringify({ error: { type, code: type, message } }),
};

function readMessage({ role, content, tool_calls }: Readonly<Record<string, unknown>>): ConversationMessage[] {
  if (role === "tool") return [{ role: "tool_result", text: contentText(content) }];
  const text = contentText(content);
  const words: ConversationMessage[] = text ? [{ role: role === "assistant" ? role : "user", text }] : [];
  const calls = objects(tool_calls).map(({ function: called }): ConversationMessage => {
    const { name, arguments: input } = object(called);
    return { role: "tool_call", text: `${string(name)} ${string(input)}` };
  });
  return [...words, ...calls];
}

function writeMessage({ thinking, text, toolCalls = [], usage }: ModelTurn, id: string) {
  const calls = toolCalls.map(({ name, input }, at) => ({
    id: `call_${id}${at}`,
    type: "function",
    function: { name, arguments: JSON.stringify(input) },
  }));
  const prompt_tokens = usage?.inputTokens ?? 100;
  const completion_tokens = usage?.outputTokens ?? 10;
  return {
    message: {
      content: text ?? null,
      ...(thinking ? { reasoning_content: thinking } : {}),
      ...(calls.length > 0 ? { tool_calls: calls } : {}),
    },
    finish_reason: calls.length > 0 ? "tool_calls" : "stop",
    usage: {
      prompt_tokens,
      completion_tokens,
      total_tokens: prompt_tokens + completion_tokens,
      prompt_tokens_details: { cached_tokens: usage?.cachedInputTokens ?? 0 },
    },
  };
}
