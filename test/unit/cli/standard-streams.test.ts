import { EventEmitter } from "node:events";
import { ignoreClosedPipes } from "../../../cli/standard-streams";

function broken(...codes: string[]) {
  const [output, errors] = [new EventEmitter(), new EventEmitter()];
  const happened: string[] = [];
  ignoreClosedPipes(output, errors, {
    log: (line) => void happened.push(line),
    fail: () => void happened.push("failed"),
  });
  for (const code of codes) {
    output.emit("error", Object.assign(new Error(`${code}: no words`), { code }));
    errors.emit("error", Object.assign(new Error(code), { code }));
  }
  return happened;
}

test("nobody reads on: nothing is said, and the command goes on", () => {
  expect(broken("EPIPE", "EPIPE")).toEqual([]);
});

test("no space: one line with the way out, and the command fails", () => {
  expect(broken("ENOSPC", "ENOSPC")).toEqual([
    "pulumi-cja: standard output could not be written: ENOSPC: no words. Free some space, or send it elsewhere.",
    "failed",
  ]);
});
