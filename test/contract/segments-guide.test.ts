import { prove } from "./runner";
import { segmentsGuide } from "./segments-guide";

prove(segmentsGuide);
