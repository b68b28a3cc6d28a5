/** The arguments that have a value: an absent one and `null` are the same to a program. */
export const present = <T extends object>(args: T): T =>
  Object.fromEntries(Object.entries(args).filter(([, value]) => value !== undefined && value !== null)) as T;
