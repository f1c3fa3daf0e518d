import type { AskUserQuestions, Interaction, RequestCheckboxConfirmation, SuggestTasks } from "@boardroom/contract";
import { useFormFailure } from "../field.tsx";

type Asked = Pick<Interaction, "id" | "kind" | "payload">;

/** What is to be answered, as fields of the card's form; plain controls, so that it works before JavaScript. */
export function QuestionFields({ interaction, names }: { interaction: Asked; names: Record<string, string> }) {
  switch (interaction.kind) {
    case "suggest_tasks":
      return <Tasks payload={interaction.payload as SuggestTasks} names={names} />;
    case "ask_user_questions":
      return <Questions id={interaction.id} payload={interaction.payload as AskUserQuestions} />;
    case "request_checkbox_confirmation":
      return <Items payload={interaction.payload as RequestCheckboxConfirmation} />;
    default:
      return null;
  }
}

/** Each task with its place below the others; all are chosen until somebody leaves one out. */
function Tasks({ payload, names }: { payload: SuggestTasks; names: Record<string, string> }) {
  const isRefused = useFormFailure() !== undefined;
  return (
    <fieldset className="asked">
      <legend>Choose what to create</legend>
      {payload.tasks.map((task) => (
        <label className="check" key={task.clientKey} data-depth={Math.min(depthOf(task.clientKey, payload.tasks), 4)}>
          <input type="checkbox" name="task" value={task.clientKey} defaultChecked={!isRefused} />
          <span>
            {task.title}
            {(task.assigneeAgentId || task.description) && (
              <span className="hint">
                {[
                  task.assigneeAgentId ? (names[task.assigneeAgentId] ?? "An agent") : null,
                  task.description?.slice(0, 200),
                ]
                  .filter(Boolean)
                  .join(": ")}
              </span>
            )}
          </span>
        </label>
      ))}
    </fieldset>
  );
}

function depthOf(key: string, tasks: SuggestTasks["tasks"], depth = 0): number {
  const parent = tasks.find(({ clientKey }) => clientKey === key)?.parentClientKey;
  return parent && depth < 5 ? depthOf(parent, tasks, depth + 1) : depth;
}

function Questions({ id, payload }: { id: string; payload: AskUserQuestions }) {
  return (
    <>
      {payload.questions.map((question) => (
        <fieldset className="asked" key={question.id}>
          <legend>
            {question.prompt}
            {question.required === false && <span className="optional"> (optional)</span>}
          </legend>
          <input type="hidden" name="question" value={question.id} />
          {question.options.map((option) => (
            <label className="check" key={option.id}>
              <input
                type={question.selectionMode === "single" ? "radio" : "checkbox"}
                name={`option:${question.id}`}
                value={option.id}
              />
              <span>
                {option.label}
                {option.description && <span className="hint">{option.description}</span>}
              </span>
            </label>
          ))}
          {question.allowOther !== false && (
            <div className="field">
              <label htmlFor={`${id}-${question.id}`} className="sub">
                In your own words
              </label>
              <input className="input" id={`${id}-${question.id}`} name={`other:${question.id}`} maxLength={4000} />
            </div>
          )}
        </fieldset>
      ))}
    </>
  );
}

function Items({ payload }: { payload: RequestCheckboxConfirmation }) {
  return (
    <fieldset className="asked">
      <legend>Tick what you want</legend>
      {payload.items.map((item) => (
        <label className="check" key={item.id}>
          <input type="checkbox" name="item" value={item.id} defaultChecked={item.checked === true} />
          <span>{item.label}</span>
        </label>
      ))}
    </fieldset>
  );
}
