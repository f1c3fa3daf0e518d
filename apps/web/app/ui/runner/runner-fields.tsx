import { Input } from "../field.tsx";

interface RunnerFieldsProps {
  runner?: { name: string; labels: string[]; agentIds: string[] | null };
  agents: { id: string; name: string }[];
}

/** How the machine is called, what it is known for, and whose work it may do. */
export function RunnerFields({ runner, agents }: RunnerFieldsProps) {
  return (
    <>
      <Input
        label="Name"
        name="name"
        maxLength={80}
        defaultValue={runner?.name}
        placeholder="Laptop in the studio"
        hint={runner ? undefined : "Left empty, the machine's own name is taken."}
        autoComplete="off"
        optional={!runner}
        required={runner !== undefined}
      />
      <Input
        label="Labels"
        name="labels"
        maxLength={400}
        defaultValue={runner?.labels.join(", ")}
        placeholder="mac, gpu"
        hint="What agents can ask for: small letters, digits, dots and dashes."
        autoComplete="off"
        autoCapitalize="none"
        optional
      />
      {agents.length > 0 && (
        <fieldset>
          <legend>Agents it may run</legend>
          <p className="hint">None ticked means all of the company.</p>
          <div className="checks">
            {agents.map(({ id, name }) => (
              <label className="check" key={id}>
                <input
                  type="checkbox"
                  name="agentIds"
                  value={id}
                  defaultChecked={runner?.agentIds?.includes(id) ?? false}
                />
                <span>{name}</span>
              </label>
            ))}
          </div>
        </fieldset>
      )}
    </>
  );
}
