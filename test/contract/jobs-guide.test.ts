import { jobsGuide } from "./jobs-guide";
import { prove } from "./runner";

prove(jobsGuide);
