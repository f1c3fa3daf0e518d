import { Form, useSearchParams, useSubmit } from "@remix-run/react";
import { type ReactNode, useEffect, useRef } from "react";

const typingMs = 250;

/** What is looked for, and among what: typing searches by itself, Enter at once; without JavaScript Enter does. */
export function SearchForm({ onSearch, children }: { onSearch: (q: string) => void; children: ReactNode }) {
  const submit = useSubmit();
  const [search] = useSearchParams();
  const q = search.get("q") ?? "";
  const form = useRef<HTMLFormElement>(null);
  const field = useRef<HTMLInputElement>(null);
  const typing = useRef<ReturnType<typeof setTimeout>>();
  const apply = () => {
    clearTimeout(typing.current);
    if (form.current) submit(form.current, { replace: true, preventScrollReset: true });
  };
  useEffect(() => () => clearTimeout(typing.current), []);
  // Whoever types knows better than the address, which only follows.
  useEffect(() => {
    if (field.current && document.activeElement !== field.current) field.current.value = q;
  }, [q]);
  return (
    <Form
      ref={form}
      method="get"
      role="search"
      className="search-form"
      replace
      onSubmit={() => {
        clearTimeout(typing.current);
        onSearch(field.current?.value ?? "");
      }}
      onChange={(event) => {
        if (event.target instanceof HTMLSelectElement) apply();
      }}
    >
      <input
        ref={field}
        id="search-field"
        className="input"
        type="search"
        name="q"
        aria-label="Search"
        placeholder="Words, “a phrase”, ACME-42"
        defaultValue={q}
        maxLength={200}
        autoComplete="off"
        enterKeyHint="search"
        // biome-ignore lint/a11y/noAutofocus: searching is what this page is opened for
        autoFocus
        onInput={() => {
          clearTimeout(typing.current);
          typing.current = setTimeout(apply, typingMs);
        }}
      />
      {children}
      <noscript>
        <button type="submit" className="button">
          Search
        </button>
      </noscript>
    </Form>
  );
}
