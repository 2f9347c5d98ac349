// Levels of traits in words. A level is a number from 0 to 4; five of them have a name, and between
// two names there is room.

import type { TraitInfo } from "./api/generated";

/** What the stops of every slider are called. */
export const stops = ["Off", "Slight", "Clear", "Strong", "Extreme"];

/** The level that a trait is set to unless somebody says otherwise. */
export const strong = 3;

/** `Strong`, or between two stops the number: `2.5`. */
export function levelWord(level: number): string {
  return stops[level] ?? String(Number(level.toFixed(2)));
}

/** `Strong`, `between Clear and Strong`. */
export function levelPlace(level: number): string {
  if (stops[level] !== undefined) return stops[level];
  const below = Math.min(3, Math.max(0, Math.floor(level)));
  return `between ${stops[below]} and ${stops[below + 1]}`;
}

/** What to expect at a level, in a sentence. */
export function levelSentence(trait: TraitInfo, level: number): string {
  const stop = trait.levels[level];
  if (stop) return stop.sentence;
  const below = trait.levels[Math.floor(level)];
  const above = trait.levels[Math.ceil(level)];
  return below && above ? `Between ${below.name} and ${above.name}.` : "";
}

/** A line such a customer would say; between two stops that of the nearer one. Empty at Off. */
export function levelExample(trait: TraitInfo, level: number): string {
  return trait.levels[Math.round(level)]?.example ?? "";
}

/** The traits of a mix with their levels, in the order of the list of traits. */
export function shownIn(
  levels: Record<string, number>,
  traits: TraitInfo[],
): { trait: TraitInfo; level: number }[] {
  return traits
    .map((trait) => ({ trait, level: levels[trait.id] ?? 0 }))
    .filter(({ level }) => level > 0);
}

/** `Impatience: Strong, Confusion: 2.5`; empty for an easy customer. */
export function mixWords(levels: Record<string, number>, traits: TraitInfo[]): string {
  return shownIn(levels, traits)
    .map(({ trait, level }) => `${trait.name}: ${levelWord(level)}`)
    .join(", ");
}

/** The mix with one trait at another level; at Off the trait leaves it. */
export function withLevel(
  levels: Record<string, number>,
  trait: string,
  level: number,
): Record<string, number> {
  const next = { ...levels };
  if (level > 0) next[trait] = level;
  else delete next[trait];
  return next;
}
