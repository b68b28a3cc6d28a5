import { grid } from "./grid";

const known = { rows: ["reset", "500"], columns: ["read", "create"], words: ["again", "found"] } as const;

describe("a table of the matrix", () => {
  it("is read by the names of its rows and columns", () => {
    const text = `
            | create | read
      ------|--------|------
      500   | found  | again
      reset | again  | found
    `;
    expect(grid(text, known)).toEqual({
      "500": { create: "found", read: "again" },
      reset: { create: "again", read: "found" },
    });
  });

  it.each([
    ["a row", "| create | read\n500 | again | again", 'the row "reset" is there 0 times'],
    ["a column", "| create\n500 | again\nreset | again", 'the column "read" is there 0 times'],
    ["a cell", "| create | read\n500 | again\nreset | again | again", 'the row "500" has 1 cells'],
    ["a word", "| create | read\n500 | again |\nreset | again | again", 'no word for "500" ""'],
  ])("must not lack %s", (_, text, message) => {
    expect(() => grid(text, known)).toThrow(message);
  });

  it.each([
    ["a row", "| create | read\n500 | again | again\nreset | again | again\n501 | again | again", 'no row "501"'],
    ["a column", "| create | read | update\n500 | again | again | again", 'no column "update"'],
    ["a word", "| create | read\n500 | again | perhaps\nreset | again | again", 'no word for "500" "perhaps"'],
  ])("must not have %s that is unknown", (_, text, message) => {
    expect(() => grid(text, known)).toThrow(message);
  });

  it("must not tell the same twice", () => {
    const text = "| create | read\n500 | again | again\nreset | again | again\n500 | found | again";
    expect(() => grid(text, known)).toThrow('the row "500" is there 2 times');
  });
});
