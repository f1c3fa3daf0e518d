import Check from "lucide-react/icons/check";
import Copy from "lucide-react/icons/copy";
import { useEffect, useRef, useState } from "react";
import { Button } from "./button.tsx";

interface CopyOnceProps {
  title: string;
  secret: string;
  /** What it is for, and where it goes. */
  hint: string;
}

/** A secret that is shown this once. Without JavaScript a tap selects the whole of it. */
export function CopyOnce({ title, secret, hint }: CopyOnceProps) {
  const [canCopy, setCanCopy] = useState(false);
  const [copied, setCopied] = useState(false);
  const box = useRef<HTMLElement>(null);
  useEffect(() => {
    setCanCopy("clipboard" in navigator);
    box.current?.scrollIntoView({ block: "center" });
  }, []);
  const copy = () =>
    navigator.clipboard.writeText(secret).then(
      () => setCopied(true),
      () => setCanCopy(false),
    );
  return (
    <section ref={box} className="copy-once" aria-label={title}>
      <h2>{title}</h2>
      <code>{secret}</code>
      <p className="muted">{hint} It is shown only now.</p>
      {canCopy && (
        <div className="line">
          <Button onClick={copy}>
            {copied ? <Check size={16} aria-hidden="true" /> : <Copy size={16} aria-hidden="true" />}
            {copied ? "Copied" : "Copy"}
          </Button>
        </div>
      )}
      <span className="visually-hidden" aria-live="polite">
        {copied ? "Copied" : ""}
      </span>
    </section>
  );
}
