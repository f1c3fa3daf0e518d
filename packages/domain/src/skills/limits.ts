/** Characters of all skills of a company together: every run of it is given them. */
export const maxSkillChars = 500_000;
export const maxSkills = 200;
