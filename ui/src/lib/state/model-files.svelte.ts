// Files of models and of trait directions.

import { call } from "../api/host";
import { toasts } from "./toasts.svelte";

/** What changed on disk by way of files, so that the page of models asks anew. */
class ModelFiles {
  version = $state(0);
}
export const modelFiles = new ModelFiles();

/** Asks for a model's file and takes it; true when it worked. */
export async function addModelFile(): Promise<boolean> {
  try {
    const [path] = await call("choose_files", { folder: false });
    return path ? await takeModelFile(path) : false;
  } catch (cause) {
    toasts.problem(cause);
    return false;
  }
}

/** Takes a model's file; true when it worked. */
export async function takeModelFile(path: string): Promise<boolean> {
  try {
    const model = await call("add_local_model", { path });
    modelFiles.version += 1;
    toasts.show(`Added “${model.name}”.`);
    return true;
  } catch (cause) {
    toasts.problem(cause);
    return false;
  }
}

/** Asks for a control vector and takes a trait's direction from it; true when it worked. */
export async function bringDirection(model: string, trait: string): Promise<boolean> {
  try {
    const [path] = await call("choose_files", { folder: false });
    if (!path) return false;
    await call("import_vector", { model, trait_id: trait, path });
    toasts.show("Took the direction from the file.");
    return true;
  } catch (cause) {
    toasts.problem(cause);
    return false;
  }
}

/** Saves a trait's direction as a control vector where the person says. */
export async function saveDirection(model: string, trait: string): Promise<void> {
  try {
    const { path } = await call("export_vector", { model, trait_id: trait });
    if (path) toasts.show(`Saved as ${path}`);
  } catch (cause) {
    toasts.problem(cause);
  }
}
