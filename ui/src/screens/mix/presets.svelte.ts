// Mixes with a name: shipped ones and the person's own.

import type { MixPreset } from "$lib/api/generated";
import { call } from "$lib/api/host";
import { Resource } from "$lib/state/resource.svelte";
import { toasts } from "$lib/state/toasts.svelte";

export class Presets extends Resource<MixPreset[]> {
  constructor() {
    super(() => call("list_presets"));
  }

  /** Keeps a mix; true when it worked. */
  async save(name: string, description: string, levels: Record<string, number>): Promise<boolean> {
    try {
      this.value = await call("save_preset", {
        preset: { id: "", name, description, levels, shipped: false },
      });
      toasts.show(`Kept the mix “${name}”.`);
      return true;
    } catch (cause) {
      toasts.problem(cause);
      return false;
    }
  }

  /** Removes one of the person's own; true when it worked. */
  async remove(preset: MixPreset): Promise<boolean> {
    try {
      this.value = await call("delete_preset", { id: preset.id });
      toasts.show(`Deleted the mix “${preset.name}”.`);
      return true;
    } catch (cause) {
      toasts.problem(cause);
      return false;
    }
  }
}
