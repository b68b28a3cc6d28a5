import { audiencePages } from "./audience-pages";
import { prove } from "./runner";

prove(audiencePages);
