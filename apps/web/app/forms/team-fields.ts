/** The checkbox that takes a template into the team. */
export const memberField = (key: string) => `member-${key}`;

/** How the one of this template is called. */
export const nameField = (key: string) => `name-${key}`;

/** Who leads, when it is one of the team: its template. An agent that is there stands as its id. */
export const teamLead = (key: string) => `team:${key}`;
