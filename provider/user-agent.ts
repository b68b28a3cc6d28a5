import { packageVersion } from "./package-version";

/** `pulumi-cja/0.1.0 (node v20.19.0)`: lets Adobe's support tell our requests from others. */
export const userAgent = (): string => `pulumi-cja/${packageVersion(__dirname)} (node ${process.version})`;
