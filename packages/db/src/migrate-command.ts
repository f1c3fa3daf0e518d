import { migrateDatabase } from "./migrate.ts";

const ownerUrl = process.env.OWNER_DATABASE_URL;
if (!ownerUrl) {
  console.error("Set OWNER_DATABASE_URL to the connection string of the database's owner.");
  process.exit(1);
}
await migrateDatabase(ownerUrl);
console.warn("The database has the newest schema.");
