import { previewPages } from "./preview-pages";
import { prove } from "./runner";

prove(previewPages);
