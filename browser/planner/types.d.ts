/** What travels between the planner's page and its Python. */

import type { Answer } from "../types.js";

export type Words = Record<string, string>;

/** What the build wrote into `script.planner-data`. */
export interface PlannerData {
  labels: {
    figure: Words;
    map: Words;
    curve: Words;
    controls: Words;
    nouns: Record<string, Words>;
    verdicts: Words;
    notes: Words;
    problems: Words;
    plans: Words;
    simulation: Words;
    take: Words;
    paragraph: Words;
  };
  words: Words;
  example: { values: Words };
}

export interface Problem {
  field: string;
  reason: string;
  bound: string;
}

export type Size = "wide" | "narrow";

export interface PlanReply {
  problems?: undefined;
  readouts: Record<string, Answer>;
  values: Words;
  verdict: string;
  notes: string[];
  said: Words;
  paragraph: string[];
  others: Words[];
  figures: Record<"map" | "curve", Partial<Record<Size, string>>>;
  strip: string;
}

export interface ProblemReply {
  problems: Problem[];
}

export interface SimulationReply {
  problems?: undefined;
  tally: number[];
  done: number;
  readouts: Record<string, Answer>;
  strip: string;
}

/** The ends of the map's axes. */
export interface Ends {
  units: number[];
  sizes: number[];
}
