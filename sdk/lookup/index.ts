export * from "./find-data-views";
export * from "./find-segment-jobs";
export * from "./find-segments";
export * from "./get-data-view";
export * from "./get-segment";
export * from "./get-segment-job";
