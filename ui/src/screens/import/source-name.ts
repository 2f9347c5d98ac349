// The name that an imported source is kept under.

/** What is wrong with a name; empty when it can be used. */
export function nameProblem(name: string): string {
  if (name === "") return "Give it a name.";
  if (name.length > 40) return "Shorten it to 40 letters.";
  if (name.startsWith(".")) return "Begin it with a letter or a digit.";
  return /^[a-z0-9._-]+$/.test(name)
    ? ""
    : "Use small letters from a to z, digits, dots, hyphens and underscores, without spaces.";
}
