import { createMemoryFolder } from "../../provider/http/memory-folder";
import { addNote, bucketOf, readNotes } from "../../provider/notes";

const NAME = "claim-5f0c";

test("a file is shared by the names that begin alike", () => {
  expect(["claim-5f0c", "claim-5f99", "verdict-5f0c"].map(bucketOf)).toEqual(["claim-5f", "claim-5f", "verdict-5f"]);
});

test("what is noted can be read beside what was, in order, and what is no note is left out", () => {
  const folder = createMemoryFolder();
  addNote(folder, { name: NAME, at: 1, by: "a" }, [], 0);
  folder.addLine(bucketOf(NAME), { name: 5 });
  addNote(folder, { name: "claim-5f99", at: 2 }, readNotes(folder, NAME), 0);
  expect(readNotes(folder, NAME)).toEqual([
    { name: NAME, at: 1, by: "a" },
    { name: "claim-5f99", at: 2 },
  ]);
});

test("old notes go when many have piled up, and young ones stay", () => {
  const folder = createMemoryFolder();
  for (let at = 0; at < 1_000; at += 1) {
    addNote(folder, { name: NAME, at }, readNotes(folder, NAME), at - 100);
    const ages = readNotes(folder, NAME).map((note) => at - note.at);
    expect(ages.length).toBeLessThanOrEqual(101 + 64);
    expect(ages.filter((age) => age <= 100)).toHaveLength(Math.min(at + 1, 101));
  }
});
