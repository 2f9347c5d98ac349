// Places in a chart: which one an arrow key goes to, and what one opens.

import type { ChartTarget, Hotspot } from "$lib/api/generated";
import { to } from "$lib/router.svelte";

type Box = Pick<Hotspot, "x" | "y" | "width" | "height">;

const directions: Record<string, { dx: number; dy: number }> = {
  ArrowRight: { dx: 1, dy: 0 },
  ArrowLeft: { dx: -1, dy: 0 },
  ArrowDown: { dx: 0, dy: 1 },
  ArrowUp: { dx: 0, dy: -1 },
};

/**
 * The place that a key leads to from `here`; null for a key that leads nowhere. Arrows go to the nearest
 * place on that side, and where there is none, on in the order of reading.
 */
export function neighbour(spots: readonly Box[], here: number, key: string): number | null {
  if (spots.length === 0) return null;
  if (key === "Home") return 0;
  if (key === "End") return spots.length - 1;
  const way = directions[key];
  const from = spots[here];
  if (!way || !from) return null;
  let best = -1;
  let least = Infinity;
  spots.forEach((spot, index) => {
    if (index === here) return;
    const across = middle(spot.x, spot.width) - middle(from.x, from.width);
    const down = middle(spot.y, spot.height) - middle(from.y, from.height);
    const ahead = across * way.dx + down * way.dy;
    const aside = Math.abs(across * way.dy) + Math.abs(down * way.dx);
    // Ahead means more forward than sideways, so that a row is not left by a step along it.
    if (ahead <= 1 || aside > ahead * 2) return;
    const distance = ahead + 3 * aside;
    if (distance < least) [best, least] = [index, distance];
  });
  if (best >= 0) return best;
  const next = here + (way.dx + way.dy > 0 ? 1 : -1);
  return next >= 0 && next < spots.length ? next : here;
}

function middle(start: number, length: number): number {
  return start + length / 2;
}

/** The address of the conversations behind a place; null when there is no one run behind it. */
export function behind(opens: ChartTarget, runId: string | null): string | null {
  const run = opens.run ?? runId;
  if (!run) return null;
  return to.conversations(run, {
    condition: opens.condition ?? "",
    task: opens.task ?? "",
    author: opens.author ?? "",
    tag: opens.tag ?? "",
  });
}
