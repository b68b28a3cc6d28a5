/** The commands of shell lines, as far as pages have any: pipes, `&&`, quotes, comments, variables, and `$(…)` as a command of its own. */
export function commandsOf(text: string): string[][] {
  const lines = text.replace(/\\\n/g, " ").split("\n");
  return lines.flatMap((line) => {
    const inner = [...line.matchAll(/\$\(([^()]*)\)/g)].flatMap(([, command = ""]) => commandsOf(command));
    const outer = wordsOf(line.replace(/\$\([^()]*\)/g, "…"));
    return [...outer, ...inner];
  });
}

function wordsOf(line: string): string[][] {
  const commands: string[][] = [[]];
  for (const [word] of line.matchAll(/'[^']*'|"[^"]*"|#.*$|\|\||&&|[|;&]|(?:[^\s'"|;&]|'[^']*'|"[^"]*")+/g)) {
    if (word.startsWith("#")) break;
    if (/^(\|\||&&|[|;&])$/.test(word)) commands.push([]);
    else commands.at(-1)?.push(word);
  }
  return commands
    .map((words) => words.slice(words.findIndex((word) => !/^(\w+=.*|until|do|done|if|then)$/.test(word))))
    .filter(([first]) => first !== undefined && !/^(do|done)$/.test(first));
}

/** The words that follow the name of a program, however a page calls it: `npx --no pulumi-cja review` is `review` of `pulumi-cja`. */
export function argumentsOf(program: string, command: readonly string[]): readonly string[] | undefined {
  const at = command.findIndex((word) => word === program || word === `node_modules/.bin/${program}`);
  const before = command.slice(0, at);
  return at === 0 || (at > 0 && before.every((word) => word === "npx" || word.startsWith("-")))
    ? command.slice(at + 1)
    : undefined;
}
