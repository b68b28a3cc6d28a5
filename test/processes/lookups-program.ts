/**
 * What a program's process does, without the engine: the lookups that its arguments name, one after the other, as
 * `getSegment {"id":"s1"}`. After "wait" it goes on with the next line of standard input.
 */
import { once } from "node:events";
import { openLookups, type Lookups } from "../../provider/lookups";

async function main(asked: readonly string[]): Promise<void> {
  const { lookups, toLookupFailure } = openLookups({}, process.env, (line) => void process.stderr.write(`${line}\n`));
  const ask = lookups as unknown as Record<keyof Lookups, (query: unknown) => Promise<unknown>>;
  for (const word of asked) {
    const [, name = "", query = "{}"] = /^(\w+)(?: (.*))?$/.exec(word) ?? [];
    if (name === "wait") await nextLine();
    else
      await ask[name as keyof Lookups](JSON.parse(query)).then(
        () => process.stdout.write(`${name}\n`),
        (error: unknown) => process.stdout.write(`${name} failed: ${toLookupFailure(error).text}\n`),
      );
  }
}

async function nextLine(): Promise<void> {
  process.stdout.write("waiting\n");
  process.stdin.resume();
  await once(process.stdin, "data");
  process.stdin.destroy();
}

void main(process.argv.slice(2));
