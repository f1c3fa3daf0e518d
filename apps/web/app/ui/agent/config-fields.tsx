import type { AdapterModel } from "@boardroom/contract";
import { useId } from "react";
import { toControl } from "../../forms/config-control.ts";
import { type ConfigField, configPrefix } from "../../forms/config-schema.ts";
import { Checkbox, Input, Select, Textarea } from "../field.tsx";

interface ConfigFieldsProps {
  fields: readonly ConfigField[];
  config: Record<string, unknown>;
  models: readonly AdapterModel[];
}

/** An adapter's settings, each with the control that its schema asks for. */
export function ConfigFields({ fields, config, models }: ConfigFieldsProps) {
  return (
    <>
      {fields.map((field) => (
        <ConfigControl key={field.name} field={field} value={config[field.name]} models={models} />
      ))}
    </>
  );
}

/** The whole configuration as JSON, of an adapter that says nothing about its settings. */
export function ConfigAsJson({ config }: { config: Record<string, unknown> }) {
  return (
    <Textarea
      label="Configuration"
      name={configPrefix}
      rows={6}
      className="textarea mono"
      spellCheck={false}
      defaultValue={Object.keys(config).length > 0 ? JSON.stringify(config, null, 2) : ""}
      hint="As JSON. The runner that offers this adapter says what it takes."
      optional
    />
  );
}

const usual = ["url", "model", "command", "cwd", "promptTemplate", "instructions"];

/** What has to be said comes first, and what mostly is; the rest has good defaults. */
export function sortFields(fields: readonly ConfigField[]): { first: ConfigField[]; rare: ConfigField[] } {
  const isFirst = ({ isRequired, name }: ConfigField) => isRequired || name === "url" || name === "model";
  const rank = ({ name }: ConfigField) => (usual.includes(name) ? usual.indexOf(name) : usual.length);
  const first = fields.filter(isFirst).sort((a, b) => rank(a) - rank(b));
  return { first, rare: fields.filter((field) => !isFirst(field)) };
}

interface ControlProps {
  field: ConfigField;
  value: unknown;
  models: readonly AdapterModel[];
}

function ConfigControl({ field, value, models }: ControlProps) {
  const name = configPrefix + field.name;
  const common = { name, label: field.title, hint: field.hint, optional: !field.isRequired };
  const text = toControl(field, value);
  switch (field.kind) {
    case "boolean":
      return <Checkbox {...common} defaultChecked={text === "true"} />;
    case "choice":
      return <Select {...common} options={choicesOf(field)} defaultValue={text} />;
    case "secret":
      return <SecretControl {...common} isSet={value !== undefined && value !== null && value !== ""} />;
    case "long":
    case "list":
    case "map":
    case "json":
      return (
        <Textarea
          {...common}
          hint={hintOfLines(field)}
          rows={field.kind === "long" ? 4 : 2}
          className={field.kind === "long" ? "textarea" : "textarea mono"}
          spellCheck={field.kind === "long"}
          maxLength={field.kind === "long" ? (field.maxLength ?? undefined) : undefined}
          defaultValue={text}
          required={field.isRequired}
        />
      );
    default:
      return <TextControl field={field} text={text} models={field.name === "model" ? models : []} />;
  }
}

function TextControl({ field, text, models }: { field: ConfigField; text: string; models: readonly AdapterModel[] }) {
  const listId = useId();
  const isNumber = field.kind === "number";
  return (
    <>
      <Input
        label={field.title}
        name={configPrefix + field.name}
        hint={field.hint}
        optional={!field.isRequired}
        required={field.isRequired}
        type={isNumber ? "number" : field.kind}
        inputMode={isNumber ? "decimal" : field.kind === "url" ? "url" : undefined}
        min={field.min ?? undefined}
        max={field.max ?? undefined}
        step={isNumber ? field.step : undefined}
        maxLength={field.maxLength ?? undefined}
        defaultValue={text}
        list={models.length > 0 ? listId : undefined}
        placeholder={field.name === "model" ? "What the program itself prefers" : undefined}
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
      />
      {models.length > 0 && (
        <datalist id={listId}>
          {models.map(({ id, label }) => (
            <option key={id} value={id} label={label} />
          ))}
        </datalist>
      )}
    </>
  );
}

interface SecretProps {
  name: string;
  label: string;
  hint: string | null;
  optional: boolean;
  isSet: boolean;
}

/** Never shown again: left empty it stays as it is. */
function SecretControl({ name, label, hint, optional, isSet }: SecretProps) {
  return (
    <>
      <input type="hidden" name="secretField" value={name} />
      <Input
        label={label}
        name={name}
        type="password"
        hint={isSet ? `${hint ? `${hint} ` : ""}It is set; leave it empty to keep it.` : hint}
        optional={optional}
        required={!optional && !isSet}
        autoComplete="off"
      />
    </>
  );
}

function choicesOf(field: ConfigField): (readonly [string, string])[] {
  const choices = field.choices.map((choice) => [choice, choice] as const);
  return field.isRequired || field.default !== null ? choices : [["", "Not set"], ...choices];
}

const howToWrite: Partial<Record<ConfigField["kind"], string>> = {
  list: "One per line.",
  map: "One per line, as NAME=value.",
  json: "As JSON.",
};

/** The schema's own hint, with how the control wants it where it doesn't say so. */
function hintOfLines({ kind, hint }: ConfigField): string | null {
  const how = howToWrite[kind];
  if (!how || (hint && /per line|JSON/i.test(hint))) return hint;
  return hint ? `${hint.replace(/\.?$/, ".")} ${how}` : how;
}
