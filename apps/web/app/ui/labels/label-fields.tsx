import { Input, useFormFailure } from "../field.tsx";
import { LabelDot } from "../label-dot.tsx";

const colors = [
  ["#6b7280", "Grey"],
  ["#dc2626", "Red"],
  ["#ea580c", "Orange"],
  ["#ca8a04", "Yellow"],
  ["#16a34a", "Green"],
  ["#0d9488", "Teal"],
  ["#2563eb", "Blue"],
  ["#7c3aed", "Violet"],
  ["#db2777", "Pink"],
  ["#78350f", "Brown"],
] as const;

/** A label's name and colour; a colour that somebody set elsewhere can stay. */
export function LabelFields({ label }: { label?: { name: string; color: string } }) {
  const failure = useFormFailure();
  const chosen = failure?.values.color ?? label?.color ?? colors[0][0];
  const isOwn = label !== undefined && !colors.some(([color]) => color === label.color.toLowerCase());
  const choices = isOwn ? [[label.color, "As it is"] as const, ...colors] : colors;
  return (
    <>
      <Input label="Name" name="name" defaultValue={label?.name} maxLength={60} autoComplete="off" required />
      <fieldset>
        <legend>Colour</legend>
        <div className="swatches">
          {choices.map(([color, name]) => (
            <label key={color} className="swatch">
              <input
                type="radio"
                name="color"
                value={color}
                defaultChecked={color.toLowerCase() === chosen.toLowerCase()}
              />
              <LabelDot color={color} />
              <span>{name}</span>
            </label>
          ))}
        </div>
      </fieldset>
    </>
  );
}
