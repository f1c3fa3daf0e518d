import { sql } from "drizzle-orm";
import { customType, numeric, uuid } from "drizzle-orm/pg-core";

/** A `timestamptz` that reads as ISO 8601 in UTC, as the API shows it. */
export const instant = customType<{ data: string; driverData: string }>({
  dataType: () => "timestamp with time zone",
  fromDriver: (value) => new Date(value).toISOString(),
});

/** Cents with six decimals that read as a number. */
export const money = (column: string) => numeric(column, { precision: 20, scale: 6, mode: "number" });

/** A time-ordered id made by the database. */
export const newId = () => uuid("id").notNull().default(sql`uuidv7()`);
export const companyId = () => uuid("company_id").notNull();
export const createdAt = () => instant("created_at").notNull().default(sql`now()`);
export const updatedAt = () => instant("updated_at").notNull().default(sql`now()`);
