import { useEffect, useRef } from "react";

const keys = [
  [["c"], "Create an issue"],
  [["j", "k"], "Next and previous row"],
  [["Enter"], "Open the row"],
  [["/"], "Search"],
  [["Ctrl", "K"], "Search, go to or do"],
  [["x"], "Select the issue"],
  [["e"], "Change the selected issues"],
  [["m"], "Move the card, on the board"],
  [["g", "h"], "Go to Home"],
  [["g", "i"], "Go to Inbox"],
  [["g", "w"], "Go to Work"],
  [["g", "a"], "Go to Agents"],
  [["g", "r"], "Go to Routines"],
  [["g", "c"], "Go to Costs"],
  [["g", "o"], "Go to Org"],
  [["?"], "This list"],
] as const;

/** The keys of the board. */
export default function KeysHelp({ close }: { close: () => void }) {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => dialog.current?.showModal(), []);
  return (
    <dialog ref={dialog} className="sheet" aria-labelledby="keys-title" onClose={close}>
      <header>
        <h2 id="keys-title">Keys</h2>
      </header>
      <dl className="keys">
        {keys.map(([combination, what]) => (
          <div key={what} className="key-line">
            <dt>
              {combination.map((key) => (
                <kbd key={key}>{key}</kbd>
              ))}
            </dt>
            <dd>{what}</dd>
          </div>
        ))}
      </dl>
    </dialog>
  );
}
