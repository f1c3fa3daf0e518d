/** Kinds of image that no browser runs anything of: the only ones that are shown in a page. */
export const shownImageTypes = ["image/png", "image/jpeg", "image/gif", "image/webp"] as const;
export const isShownImage = (contentType: string): boolean => shownImageTypes.some((type) => type === contentType);
