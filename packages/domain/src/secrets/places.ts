/** What a sealed value is bound to: it opens nowhere else. */
export const dataKeyPlace = (companyId: string, version: number) => `data-key:${companyId}:${version}`;
export const secretPlace = (companyId: string, secretId: string, version: number) =>
  `secret:${companyId}:${secretId}:${version}`;
