import type { RecordStore } from "../../../../provider/state/record-store";

/** A place where processes keep records, and ways to reach it as several of them. */
export interface Place {
  /** As another process sees it. */
  open(): RecordStore;
  /** Time goes on, for all of them. */
  pass(ms: number): Promise<void> | void;
}

const kind = (sharesFiles: boolean) => ({
  name: `thing-${sharesFiles ? "many" : "few"}`,
  lifetimeMs: 60_000,
  sharesFiles,
});

/** What every record store does, whatever it is made of. */
export function behavesAsRecordStore(place: () => Place): void {
  describe.each([
    ["few", kind(false)],
    ["many", kind(true)],
  ])("%s records", (_, of) => {
    const two = () => [place().open()(of), place().open()(of)] as const;

    test("are there for all processes, with what was written last", async () => {
      const [one, other] = two();
      expect([await one.read("a"), await one.all()]).toEqual([undefined, []]);
      await one.write("a", { some: ["value"] });
      await other.write("b/ü", 1);
      await one.write("b/ü", 2);
      expect((await other.read("a"))?.value).toEqual({ some: ["value"] });
      const all = (await other.all()).map(({ name, value }) => [name, value]);
      expect(all.sort()).toEqual([
        ["a", { some: ["value"] }],
        ["b/ü", 2],
      ]);
    });

    test("are created by one of many", async () => {
      const stores = Array.from({ length: 8 }, () => place().open()(of));
      const created = await Promise.all(stores.map((store, i) => store.create("a", i)));
      const winners = created.flatMap((record) => record?.value ?? []);
      expect(winners).toEqual([(await stores[0]?.read("a"))?.value]);
    });

    test("are replaced and removed only as they were read", async () => {
      const [one, other] = two();
      await one.write("a", 1);
      const [mine, theirs] = [await one.read("a"), await other.read("a")];
      const [first, second] = await Promise.all([mine?.replace(2), theirs?.replace(3)]);
      expect([first?.value, second?.value].filter((value) => value !== undefined)).toHaveLength(1);
      expect([await mine?.remove(), await theirs?.replace(4)]).toEqual([false, undefined]);
      const last = first ?? second;
      expect([await last?.remove(), await last?.remove(), await other.read("a")]).toEqual([true, false, undefined]);
      expect(await other.create("a", 5)).toBeDefined();
    });

    test("are of no use after their time, which begins with the last write", async () => {
      const [one, other] = two();
      await one.write("old", 1);
      const young = await one.create("young", 1);
      await place().pass(45_000);
      await young?.replace(2);
      await place().pass(30_000);
      expect(await other.read("old")).toBeUndefined();
      expect((await other.all()).map(({ name }) => name)).toEqual(["young"]);
      expect(await other.create("old", 2)).toBeDefined();
      expect(await other.create("young", 3)).toBeUndefined();
    });

    test("of another kind are others", async () => {
      const store = place().open();
      await store(of).write("a", 1);
      expect(await store({ ...of, name: `${of.name}-2` }).read("a")).toBeUndefined();
      expect(await store({ ...of, name: `${of.name}-2` }).all()).toEqual([]);
    });
  });
}
