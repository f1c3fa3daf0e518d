import boardroom from "../package.json" with { type: "json" };

/** As `GET /api/health` shows it. */
export const version: string = boardroom.version;
