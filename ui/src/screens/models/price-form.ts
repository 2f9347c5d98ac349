// A price of the person's own.

/** What the person typed. */
export interface PriceDraft {
  model: string;
  input: string;
  output: string;
}

export const emptyPrice: PriceDraft = { model: "", input: "", output: "" };

/** Dollars as typed, with a dot or a comma; null when it is no price. */
export function dollars(text: string): number | null {
  const trimmed = text.trim().replace(/^\$/, "").replace(",", ".");
  if (!/^\d+(\.\d+)?$/.test(trimmed)) return null;
  const value = Number(trimmed);
  return value <= 10_000 ? value : null;
}

/** What is wrong with each field; empty texts when nothing is. */
export function priceProblems(draft: PriceDraft): Record<keyof PriceDraft, string> {
  const price = (text: string) =>
    dollars(text) === null ? "Enter dollars per million, for instance 2.50." : "";
  const model = draft.model.trim();
  const star = model.indexOf("*");
  return {
    model: !model
      ? "Enter the model's name."
      : star >= 0 && (star !== model.length - 1 || model.length < 3)
        ? "A * stands only at the end, after the beginning of a name."
        : "",
    input: price(draft.input),
    output: price(draft.output),
  };
}

/** `$2.50`; prices below a cent keep their digits. */
export function priceText(value: number): string {
  const digits = value !== 0 && value < 0.1 ? 3 : 2;
  return `$${value.toFixed(digits)}`;
}
