import type { PushSubscription as Device } from "@boardroom/contract";
import { Form, useSubmit } from "@remix-run/react";
import { useState } from "react";
import { Button } from "../button.tsx";
import { Notice } from "../notice.tsx";
import { RelativeTime } from "../time.tsx";
import { useIsAlive } from "../use-is-alive.ts";

/** The browsers that take pushes; this one can be added at a tap, which is when it asks for leave. */
export function PushDevices({ pushKey, devices }: { pushKey: string | null; devices: Device[] }) {
  const submit = useSubmit();
  const isAlive = useIsAlive();
  const [problem, setProblem] = useState<string | null>(null);
  if (pushKey === null) return <p className="muted">Pushes are not set up on this Boardroom.</p>;
  const canPush = isAlive && "serviceWorker" in navigator && "PushManager" in window;
  const add = async () => {
    try {
      submit({ intent: "subscribe", ...(await subscribe(pushKey)) }, { method: "post", preventScrollReset: true });
    } catch (error) {
      setProblem(error instanceof Error ? error.message : "The browser refused.");
    }
  };
  return (
    <div className="stack">
      {problem && <Notice tone="bad">{problem}</Notice>}
      {devices.map(({ id, label, lastReachedAt, createdAt }) => (
        <Form method="post" key={id} className="line" preventScrollReset>
          <input type="hidden" name="deviceId" value={id} />
          <span>
            {label}
            <span className="sub">
              {" "}
              {lastReachedAt ? "reached" : "added"} <RelativeTime at={lastReachedAt ?? createdAt} />
            </span>
          </span>
          <Button type="submit" name="intent" value="forget" className="button push" aria-label={`Remove ${label}`}>
            Remove
          </Button>
        </Form>
      ))}
      {devices.length === 0 && (
        <p className="muted">None yet. A push reaches you in seconds, and is answered in two taps.</p>
      )}
      {canPush ? (
        <div className="line">
          <Button kind="primary" onClick={add}>
            Push to this device
          </Button>
        </div>
      ) : (
        isAlive && (
          <p className="muted">This browser takes no pushes. On an iPhone add Boardroom to the home screen first.</p>
        )
      )}
    </div>
  );
}

/** Asks for leave and subscribes this browser. @throws Error with a sentence for the visitor */
async function subscribe(pushKey: string): Promise<Record<"endpoint" | "p256dh" | "auth" | "label", string>> {
  if ((await Notification.requestPermission()) !== "granted") {
    throw new Error("You did not allow notifications. The browser's settings of this site can change that.");
  }
  await navigator.serviceWorker.register("/push-worker.js");
  const { pushManager } = await navigator.serviceWorker.ready;
  const subscription = await pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: pushKey });
  const { endpoint, keys } = subscription.toJSON();
  if (!endpoint || !keys?.p256dh || !keys.auth) throw new Error("The browser's subscription is not complete.");
  return { endpoint, p256dh: keys.p256dh, auth: keys.auth, label: nameOfBrowser() };
}

/** "Chrome on Android", as far as the browser says. */
function nameOfBrowser(): string {
  const agent = navigator.userAgent;
  const browser = /Edg|OPR|Firefox|Chrome|Safari/.exec(agent)?.[0].replace("Edg", "Edge").replace("OPR", "Opera");
  const system = /Android|iPhone|iPad|Windows|Mac|Linux/.exec(agent)?.[0];
  return [browser ?? "A browser", system].filter(Boolean).join(" on ");
}
