export const tasksOf = [
  { clientKey: "visit", title: "Visit the ten that stock the most", description: "In the week of the fair." },
  { clientKey: "letter", title: "Write a letter for those without a website", parentClientKey: "visit" },
  { clientKey: "film", title: "Film the bindery for the shops' own pages" },
];

/** What the head of sales would do with the next month. */
export const planOf = {
  version: 1,
  title: "The month of the fair",
  summary:
    "We show the spring range at the fair in Lyon and write to every shop that came to the stand. Two more hands are enough for that.",
  agents: [
    {
      key: "buyer",
      draft: { name: "Rosa Lindgren", title: "Print buyer", budgetMonthlyCents: 4000 },
      why: "Compares quotes, so that the fair's leaflets cost less than last year's.",
    },
    {
      key: "host",
      reportsToKey: "buyer",
      draft: { name: "Marek Dvořák", title: "Stand host", budgetMonthlyCents: null },
      why: "Writes down who came and what they liked.",
    },
  ],
  projects: [{ key: "fair", name: "Fair in Lyon" }],
  issues: [
    { key: "fair", title: "Prepare the stand", projectKey: "fair", priority: "high" },
    {
      key: "quotes",
      parentKey: "fair",
      title: "Three quotes for 5,000 leaflets",
      description: "With delivery before the 12th.",
      assigneeKey: "buyer",
      projectKey: "fair",
    },
    {
      key: "letters",
      title: "Write to everybody who came to the stand, and to those who said that they would come and did not",
      assigneeKey: "host",
      blockedByKeys: ["fair"],
    },
  ],
};
