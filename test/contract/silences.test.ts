import { prove } from "./runner";
import { silences } from "./silences";

prove(silences);
