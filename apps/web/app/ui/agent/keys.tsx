import type { Key } from "@boardroom/contract";
import { KeyList, NewKeyForm } from "../key-list.tsx";
import { May } from "../may.tsx";
import { Section } from "../page.tsx";
import { SheetLink } from "../sheet.tsx";

interface AgentKeysProps {
  keys: Key[];
  onceKey: string;
  isOver: boolean;
  /** Boardroom calls it over the network, and signs what it sends. */
  isCalled: boolean;
}

export function AgentKeys({ keys, onceKey, isOver, isCalled }: AgentKeysProps) {
  return (
    <div className="narrow stack" data-wide>
      <Section title="Keys">
        <div className="stack">
          <KeyList
            keys={keys}
            revokes="agentKeys.revoke"
            empty="It has no key. A run brings its own token; a key is for calls outside of runs."
          />
          {!isOver && (
            <May call="agentKeys.create">
              <NewKeyForm onceKey={onceKey} hint="Shown once, right after it is made." />
            </May>
          )}
        </div>
      </Section>
      {!isOver && isCalled && (
        <Section title="Signing secret">
          <div className="stack" data-tight>
            <p className="muted">Signs every webhook, so that the agent's server knows it comes from here.</p>
            <div className="line">
              <SheetLink sheet="rotate" leadsTo="agents.rotateWebhookSecret" className="button">
                Make a new secret
              </SheetLink>
            </div>
          </div>
        </Section>
      )}
    </div>
  );
}
