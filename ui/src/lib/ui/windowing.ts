// Which rows of a long list are worth drawing.

export interface Window {
  /** First row to draw. */
  start: number;
  /** One past the last row to draw. */
  end: number;
}

/** Rows in view with `spare` rows before and after. */
export function visibleRows(
  scrolled: number,
  height: number,
  rowHeight: number,
  rows: number,
  spare = 8,
): Window {
  const first = Math.floor(Math.max(0, scrolled) / rowHeight);
  const shown = Math.ceil(height / rowHeight);
  const start = Math.max(0, Math.min(first, rows) - spare);
  return { start, end: Math.min(rows, first + shown + spare) };
}
