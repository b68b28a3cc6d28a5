/** Records of one kind by ID, in the order in which they came. */
export class Collection<T extends { readonly id: string | number }> {
  private readonly byId = new Map<T["id"], T>();

  get(id: T["id"]): T | undefined {
    return this.byId.get(id);
  }

  put(record: T): T {
    this.byId.set(record.id, record);
    return record;
  }

  remove(id: T["id"]): boolean {
    return this.byId.delete(id);
  }

  all(): T[] {
    return [...this.byId.values()];
  }

  find(matches: (record: T) => boolean): T | undefined {
    for (const record of this.byId.values()) if (matches(record)) return record;
    return undefined;
  }

  replaceAll(records: Iterable<T>): void {
    this.byId.clear();
    for (const record of records) this.put(record);
  }
}
