import { reportPages } from "./report-pages";
import { prove } from "./runner";

prove(reportPages);
