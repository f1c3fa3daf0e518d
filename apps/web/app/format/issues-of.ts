/** "1 issue", "12 issues". */
export const issuesOf = (count: number): string => (count === 1 ? "1 issue" : `${count} issues`);
