// What the figures of fidelity are called, and what they mean for who is no statistician.

import type { MeterSource, TraitShown } from "$lib/api/generated";

/** Whether a trait was there. */
export const shownWord: Record<TraitShown, string> = {
  shown: "Shown",
  weak: "Weaker than asked",
  not_shown: "Not shown",
  cannot_tell: "Cannot tell",
};

/** The ink of each. */
export const shownTone: Record<TraitShown, string> = {
  shown: "text-pass-ink",
  weak: "text-warn-ink",
  not_shown: "text-fail-ink",
  cannot_tell: "text-ink-soft",
};

/** Who reads a level. */
export const sourceName: Record<MeterSource, string> = {
  markers: "read from the words",
  basis: "read inside the model",
  judge: "judged by a model",
};

/** What each figure says, in a sentence that needs no statistics. */
export const meaning = {
  pairwise:
    "Two messages of the same job, one of a customer asked for more: how often it does show more. 50 % is chance, 100 % is always.",
  slope: "How far the measured level rises when the slider goes up by one. 1 is exactly as asked.",
  stability: "The end of the conversations against their beginning. 0 means the trait held.",
  mix: "Whether each trait of a mix can still be recognised beside the others.",
  adherence:
    "Whether customers, difficult or not, told the agent what their task says: nothing made up, nothing kept back that was asked for.",
};

/** `2.6`; a dash when nothing was read. */
export function level(value: number | null): string {
  return value === null ? "–" : value.toFixed(1);
}

/** `−0.4 to 0.2`, with a true minus; empty without an interval. */
export function range(interval: { low: number; high: number } | null, digits = 1): string {
  if (interval === null) return "";
  const number = (value: number) => value.toFixed(digits).replace("-", "−");
  return `${number(interval.low)} to ${number(interval.high)}`;
}

/** `86 to 95 %`; empty without an interval. */
export function percentRange(interval: { low: number; high: number } | null): string {
  return interval === null
    ? ""
    : `${Math.round(100 * interval.low)} to ${Math.round(100 * interval.high)} %`;
}

/** `+0.3`, `−0.1`, `0`. */
export function change(value: number): string {
  const text = Math.abs(value).toFixed(1);
  if (text === "0.0") return "0";
  return value < 0 ? `−${text}` : `+${text}`;
}
