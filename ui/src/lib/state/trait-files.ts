// Traits as files: brought in and taken along.

import { call } from "../api/host";
import { go, to } from "../router.svelte";
import { toasts } from "./toasts.svelte";

/** Asks for a trait's file, keeps the trait and opens its page. */
export async function bringTrait(): Promise<void> {
  try {
    const [path] = await call("choose_files", { folder: false });
    if (path) await takeTrait(path);
  } catch (cause) {
    toasts.problem(cause);
  }
}

/** Keeps the trait of a file and opens its page. */
export async function takeTrait(path: string): Promise<void> {
  try {
    const trait = await call("import_trait", { path });
    toasts.show(`Kept the trait “${trait.draft.name}”.`);
    go(to.trait(trait.draft.id));
  } catch (cause) {
    toasts.problem(cause);
  }
}

/** Saves a trait's file where the person says, and names the file. */
export async function saveTraitFile(id: string): Promise<void> {
  try {
    const { path } = await call("export_trait", { id });
    if (path) toasts.show(`Saved as ${path}`);
  } catch (cause) {
    toasts.problem(cause);
  }
}
