/** docs/reviewing.md and the pages below docs/reviewing: changes as Pulumi prints them, and as the review tells them. */

interface Question {
  /** The scene. */
  readonly scene: string;
  readonly title: string;
  readonly question: string;
  readonly answer: string;
}

export const QUESTIONS: readonly Question[] = [
  {
    scene: "change-definition",
    title: "Conditions change",
    question: "Whom does “Buyers” lose, and whom does it gain?",
    answer:
      "It gains visits that never saw the checkout page; it loses those with a single order, and those from Germany.",
  },
  {
    scene: "change-words",
    title: "Names, tags and shares change",
    question: "Who can no longer use “Readers”, and who can use “Funnel” now?",
    answer:
      "The user 5B0000000000000000000002 can no longer use “Readers”; another user gains it, and the group keeps it. Everybody in " +
      "the organisation can use “Funnel”.",
  },
  {
    scene: "replace",
    title: "Two segments move to another data view",
    question: "What breaks when this is merged?",
    answer:
      "Whatever uses “Mobile visitors” by its ID: it gets a new one. So does “Trial”, which nothing uses: otherwise this preview " +
      "would have failed.",
  },
  {
    scene: "delete",
    title: "Four resources leave the program",
    question: "What is deleted at Adobe, and what is not?",
    answer:
      "The segment “Buyers” is deleted, and “Trial” only if nothing uses it. “Campaign” stays. The job is cancelled, unless it has " +
      "ended since the last up.",
  },
  {
    scene: "run",
    title: "Jobs run",
    question: "How many runs does the merge cost, over which segments, and why?",
    answer: "Two: “nightly” over two segments, since its triggers changed, and the new “release” over one.",
  },
  {
    scene: "drift",
    title: "Somebody edited segments in the UI",
    question: "Which of the changes are the author's, and which undo somebody's work?",
    answer:
      "The author renames “VIP”. A name, a condition, a description, a tag and a sharing with everybody that were edited in the " +
      "UI are undone.",
  },
];

/** What `pulumi preview --diff` prints, resource by resource: the engine's own order is of chance. */
export function inOrder(raw: string): string {
  const [head = "", ...blocks] = raw.split(/^(?= +(?:\S{1,2} ?)?pulumi(?:-nodejs:dynamic\/|:pulumi:Stack))/m);
  const last = blocks.at(-1) ?? "";
  const end = /^(?:Resources:| +--outputs)/m.exec(last)?.index ?? last.length;
  const all = [...blocks.slice(0, -1), last.slice(0, end)];
  const urnOf = (block: string) => /\[urn=(.*)\]/.exec(block)?.[1] ?? "";
  const sorted = all.toSorted((a, b) => (urnOf(a) < urnOf(b) ? -1 : urnOf(a) > urnOf(b) ? 1 : 0));
  return [head, ...sorted, last.slice(end)].join("");
}

/**
 * The pages, by their path below docs/.
 *
 * @param shown for each question in turn, what Pulumi printed and what the review says
 */
export function pages(shown: readonly { readonly raw: string; readonly review: string }[]): Record<string, string> {
  const listed = QUESTIONS.map((question, index) => ({ ...question, number: index + 1, path: pathOf(question) }));
  const list = listed.map(({ title, question, path }) => `- [${title}](${path}): ${question}`);
  const all = listed.map(({ number, title, question, answer, path }, index) => {
    const { raw = "", review = "" } = shown[index] ?? {};
    const quoted = review.trimEnd().replace(/^/gm, "> ").replace(/^> $/gm, ">");
    const next = listed[index + 1];
    const parts = [
      `# ${number}. ${title}`,
      `**${question}**`,
      "<details><summary>`pulumi preview --diff`</summary>",
      `\`\`\`\`text\n${raw.trim()}\n\`\`\`\``,
      "</details>",
      quoted,
      `<details><summary>Answer</summary>\n\n${answer}\n\n</details>`,
      next ? `Next: [${next.title}](../${next.path})` : "Back to [the list](../reviewing.md)",
    ];
    return [path, `${parts.join("\n\n")}\n`] as const;
  });
  return { "reviewing.md": `${INTRODUCTION}\n\n${list.join("\n")}\n`, ...Object.fromEntries(all) };
}

const pathOf = ({ title }: Question): string => `reviewing/${title.toLowerCase().replace(/[^a-z]+/g, "-")}.md`;

const INTRODUCTION = `# A test for reviewers

Six pull requests, each with a question. Each page has the change as \`pulumi preview --diff\` prints it (folded), then as \`pulumi-cja review\` prints it. Both
come from real previews; the tests make these pages (\`test/engine/review\`).`;
