import type { SecretUse } from "@boardroom/contract";
import { Link } from "@remix-run/react";
import { useCompany } from "../use-company.ts";
import { referenceTo } from "./secret-fields.tsx";

const folders = { agent: "agents", project: "projects", routine: "routines" } as const;

/** Whose settings name a secret, and where in them. */
export function SecretUses({ uses, reference }: { uses: SecretUse[]; reference: string }) {
  const { base } = useCompany();
  if (uses.length === 0) {
    return (
      <p className="muted">
        Nowhere yet. Write <code>{referenceTo(reference)}</code> as the value of a variable or a header: of an agent, a
        project or a routine.
      </p>
    );
  }
  return (
    <div className="bordered">
      {uses.map(({ entityType, entityId, name, places }) => (
        <div className="row" data-tall key={`${entityType}-${entityId}`}>
          <div className="row-text">
            <Link to={`${base}/${folders[entityType]}/${entityId}`} className="row-link">
              {name}
            </Link>
            <small>
              {entityType}
              {" · "}
              {places.map((place) => place.replace(/^adapterConfig\./, "")).join(", ")}
            </small>
          </div>
        </div>
      ))}
    </div>
  );
}
