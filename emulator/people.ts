/** Somebody in the organisation. The guide names people by number and login, the reference by IMS user ID. */
export interface Person {
  /** As the guide has it: `596983`. */
  readonly id: number;
  /** As `"Jane Analyst"`. */
  readonly name: string;
  /** The address that the guide shows: `"jane.analyst@company.example"`. */
  readonly login: string;
  /** As the reference has it: `"5B00…@company.example"`. */
  readonly imsUserId: string;
}

/** Owns what is made through the API: a technical account acts as a user of its own. */
export const technicalAccount: Person = {
  id: 700001,
  name: "Emulator Technical Account",
  login: "emulator@techacct.adobe.com",
  imsUserId: "7A0000000000000000000001@techacct.adobe.com",
};

/** Owns what "somebody" makes in the UI when the test does not say who. */
export const janeAnalyst: Person = {
  id: 596983,
  name: "Jane Analyst",
  login: "jane.analyst@company.example",
  imsUserId: "5B0000000000000000000002@company.example",
};

/** A person who so far is only a name. */
export function personNamed(name: string, id: number): Person {
  const login = name.trim().toLowerCase().replace(/\s+/g, ".");
  return {
    id,
    name,
    login: `${login}@company.example`,
    imsUserId: `5C${String(id).padStart(22, "0")}@company.example`,
  };
}
