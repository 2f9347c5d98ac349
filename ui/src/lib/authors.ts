// The ground on which each side's share of the faults is drawn: a colour and, for the customer,
// stripes, so that no two differ by colour alone.

import type { FaultAuthor } from "./api/generated";

export const authorGround: Record<FaultAuthor, string> = {
  agent: "var(--fail)",
  user: "repeating-linear-gradient(45deg, var(--warn-ink) 0 4px, var(--warn-soft) 4px 7px)",
  environment: "var(--edge)",
};
