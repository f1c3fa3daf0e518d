export {
  type Conversation,
  type ConversationMessage,
  type Dialect,
  type ModelScript,
  type ModelToolCall,
  type ModelTurn,
  playTurns,
} from "./conversation.ts";
export { type ModelServer, startModelServer } from "./start-model-server.ts";
