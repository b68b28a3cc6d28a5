import { z } from "zod";
import { isExactNumber, type ExactNumber } from "../../definition/json";

/** An ID as text: some of the service's are numbers in one document and texts in another, of any number of digits. */
export const idText = z.union([z.string(), z.number(), z.custom<ExactNumber>(isExactNumber)]).transform(String);
