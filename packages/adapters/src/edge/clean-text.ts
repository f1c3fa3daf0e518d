/** Text of a stranger as it may be stored and shown: without control characters but line breaks and tabs, cut at a length. */
export const cleanText = (text: string, maxChars: number): string => {
  const clean = text.replace(/\r\n?/g, "\n").replace(/[\p{Cs}]|(?![\n\t])\p{Cc}/gu, "");
  return clean.length > maxChars ? `${clean.slice(0, maxChars - 1).replace(/[\ud800-\udbff]$/, "")}…` : clean;
};
