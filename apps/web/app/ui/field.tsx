import type { InputHTMLAttributes, ReactNode, SelectHTMLAttributes, TextareaHTMLAttributes } from "react";
import { createContext, useCallback, useContext, useId, useState } from "react";
import type { FormFailure } from "../forms/failure.ts";

const FailureContext = createContext<FormFailure | undefined>(undefined);

/** Gives the fields inside it their messages and what was typed before. */
export function FieldsOf({ failure, children }: { failure: FormFailure | undefined; children: ReactNode }) {
  return <FailureContext.Provider value={failure}>{children}</FailureContext.Provider>;
}

/** What was wrong with the form that one stands in, and what was typed. */
export function useFormFailure(): FormFailure | undefined {
  return useContext(FailureContext);
}

interface Labelled {
  label: string;
  name: string;
  hint?: ReactNode;
  optional?: boolean;
}

/** `isControlled`: its owner keeps the value, also what was typed before. */
function useField({ name, hint }: Pick<Labelled, "name" | "hint">, given: unknown, isControlled = false) {
  const id = useId();
  const failure = useContext(FailureContext);
  const error = failure?.fields[name];
  const typed = isControlled ? undefined : failure?.values[name];
  const described = [hint ? `${id}-hint` : "", error ? `${id}-error` : ""].filter(Boolean).join(" ");
  return {
    id,
    error,
    control: {
      id,
      name,
      defaultValue: typed ?? (given as string | number | undefined),
      "aria-invalid": error ? true : undefined,
      "aria-describedby": described || undefined,
    } as const,
  };
}

function Frame({
  id,
  label,
  hint,
  optional,
  error,
  children,
}: Omit<Labelled, "name"> & { id: string; error?: string; children: ReactNode }) {
  return (
    <div className="field">
      <label htmlFor={id}>
        {label}
        {optional && <span className="optional"> (optional)</span>}
      </label>
      {children}
      {error && (
        <p className="error" id={`${id}-error`}>
          {error}
        </p>
      )}
      {hint && (
        <p className="hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
    </div>
  );
}

type InputProps = Labelled & Omit<InputHTMLAttributes<HTMLInputElement>, "name"> & { affix?: string };

export function Input({ label, hint, optional, affix, defaultValue, ...rest }: InputProps) {
  const { id, error, control } = useField({ name: rest.name, hint }, defaultValue, "value" in rest);
  const input = <input className="input" {...rest} {...control} />;
  return (
    <Frame {...{ id, label, hint, optional, error }}>
      {affix ? (
        <div className="affix">
          <span aria-hidden="true">{affix}</span>
          {input}
        </div>
      ) : (
        input
      )}
    </Frame>
  );
}

type TextareaProps = Labelled & Omit<TextareaHTMLAttributes<HTMLTextAreaElement>, "name">;

export function Textarea({ label, hint, optional, defaultValue, ...rest }: TextareaProps) {
  const { id, error, control } = useField({ name: rest.name, hint }, defaultValue);
  return (
    <Frame {...{ id, label, hint, optional, error }}>
      <textarea ref={useEarlyText(id)} className="textarea" {...rest} {...control} />
    </Frame>
  );
}

/** A ref that gives a textarea back what was typed before React took over, which sets a prefilled one to its first text. */
function useEarlyText(id: string) {
  const [early] = useState(() => {
    if (typeof document === "undefined") return undefined;
    const served = document.getElementById(id);
    return served instanceof HTMLTextAreaElement && served.value !== served.defaultValue ? served.value : undefined;
  });
  return useCallback(
    (textarea: HTMLTextAreaElement | null) => {
      if (textarea && early !== undefined) textarea.value = early;
    },
    [early],
  );
}

export type Option = readonly [value: string, label: string];
type SelectProps = Labelled & Omit<SelectHTMLAttributes<HTMLSelectElement>, "name"> & { options: readonly Option[] };

export function Select({ label, hint, optional, options, defaultValue, ...rest }: SelectProps) {
  const { id, error, control } = useField({ name: rest.name, hint }, defaultValue, "value" in rest);
  return (
    <Frame {...{ id, label, hint, optional, error }}>
      <select className="select" {...rest} {...control}>
        {options.map(([value, text]) => (
          <option key={value} value={value}>
            {text}
          </option>
        ))}
      </select>
    </Frame>
  );
}

export function Checkbox({ label, hint, name, defaultChecked }: Labelled & { defaultChecked?: boolean }) {
  const failure = useContext(FailureContext);
  return (
    <label className="check">
      <input type="checkbox" name={name} defaultChecked={failure ? failure.values[name] === "on" : defaultChecked} />
      <span>
        {label}
        {hint && <span className="hint">{hint}</span>}
      </span>
    </label>
  );
}

interface RadiosProps {
  label: string;
  name: string;
  /** Each choice with a sentence about what it means. */
  choices: readonly (readonly [value: string, label: string, hint: string])[];
  defaultValue: string;
}

/** One of a few choices, each with what it means. */
export function Radios({ label, name, choices, defaultValue }: RadiosProps) {
  const failure = useContext(FailureContext);
  const chosen = failure?.values[name] ?? defaultValue;
  return (
    <fieldset>
      <legend>{label}</legend>
      {choices.map(([value, title, hint]) => (
        <label className="check" key={value}>
          <input type="radio" name={name} value={value} defaultChecked={value === chosen} />
          <span>
            {title}
            <span className="hint">{hint}</span>
          </span>
        </label>
      ))}
    </fieldset>
  );
}
