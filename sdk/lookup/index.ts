export * from "./audiences";
export * from "./data-views";
export * from "./segment-jobs";
export * from "./segments";
