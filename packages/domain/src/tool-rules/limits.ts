/** Every tool call is held against all of them. */
export const maxRules = 500;
