// Which suggestions a text field shows.

export interface Suggestion {
  value: string;
  /** A quiet word behind it. */
  note?: string;
}

/** Most suggestions that are drawn at once. */
export const mostShown = 50;

/** Suggestions that hold every word of the text, those that begin with it first. */
export function matching(suggestions: Suggestion[], text: string): Suggestion[] {
  const words = text.trim().toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return suggestions;
  const found = suggestions.filter(({ value }) =>
    words.every((word) => value.toLowerCase().includes(word)),
  );
  const begins = ({ value }: Suggestion) => value.toLowerCase().startsWith(words[0]!);
  return [...found.filter(begins), ...found.filter((each) => !begins(each))];
}
