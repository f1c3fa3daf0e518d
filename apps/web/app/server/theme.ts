export const themes = ["system", "light", "dark"] as const;
export type Theme = (typeof themes)[number];

/** The theme that the visitor chose; the system's when none. */
export function readTheme(request: Request): Theme {
  const match = /(?:^|;\s*)theme=(light|dark)(?:;|$)/.exec(request.headers.get("cookie") ?? "");
  return themes.find((theme) => theme === match?.[1]) ?? "system";
}

export function themeCookie(theme: Theme): string {
  const age = theme === "system" ? 0 : 31_536_000;
  return `theme=${theme}; Path=/; Max-Age=${age}; SameSite=Lax`;
}
