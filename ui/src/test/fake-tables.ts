// Tables over several runs in the in-memory product.

import type { Handlers } from "./handlers";

export function tables(): Pick<Handlers, "trait_table" | "pass_board" | "save_table"> {
  return {
    trait_table: () => ({ columns: [], rows: [], notes: [] }),
    pass_board: () => ({ ks: [], rows: [], notes: [] }),
    save_table: ({ kind, format }) => ({ path: `/home/someone/Documents/${kind}.${format}` }),
  };
}
