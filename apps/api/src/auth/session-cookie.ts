export const cookiePrefix = "boardroom";

/** The name of the session's cookie, as Better Auth makes it from the same settings. */
export const sessionCookieName = (publicUrl: string) =>
  `${isSecure(publicUrl) ? "__Secure-" : ""}${cookiePrefix}.session_token`;

export const isSecure = (publicUrl: string) => publicUrl.startsWith("https:");
