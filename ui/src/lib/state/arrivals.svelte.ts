// Files and folders that a person dropped on the window or chose: what they turned out to be, before
// anything of them is kept.

import type { ApiError, Dropped, OpenedResults } from "../api/generated";
import { call, onDrop, toApiError } from "../api/host";
import { go, to } from "../router.svelte";
import { count } from "../words";
import { takeModelFile } from "./model-files.svelte";
import { toasts } from "./toasts.svelte";
import { takeTrait } from "./trait-files";

/** A path on its way in. */
export interface Arrival {
  id: number;
  path: string;
  /** What it is; null while it is being looked at. */
  found: Dropped | null;
  /** Why it could not be looked at. */
  error: ApiError | null;
}

function isEmpty({ release, results, unknown }: Dropped): boolean {
  return release === null && results.length === 0 && unknown.length === 0;
}

class Arrivals {
  /** Whether files are being dragged over the window. */
  over = $state(false);
  list = $state.raw<Arrival[]>([]);
  /** What came of opening result files, when not all went well. */
  opened = $state.raw<OpenedResults | null>(null);
  /** Names of the sources that were kept last, to be marked in the list of domains. */
  fresh = $state.raw<string[]>([]);
  #next = 1;
  #looking = false;

  /** Paths that wait for their turn or are being looked at. */
  get waiting(): number {
    return this.list.filter((each) => !each.found && !each.error).length;
  }

  /** Listens for as long as the window is there. */
  listen(): () => void {
    return onDrop({
      over: (here) => (this.over = here),
      dropped: (paths) => void this.sort(paths),
    });
  }

  /** Traits and models have files of their own kinds; everything else is looked at. */
  async sort(paths: string[]): Promise<void> {
    const ends = (path: string, ending: string) => path.toLowerCase().endsWith(ending);
    const models = paths.filter((path) => ends(path, ".gguf"));
    const traits = paths.filter((path) => ends(path, ".toml"));
    const others = paths.filter((path) => !models.includes(path) && !traits.includes(path));
    if (others.length > 0) return this.take(paths);
    for (const path of traits) await takeTrait(path);
    if (models.length > 0) go(to.localModels());
    for (const path of models) await takeModelFile(path);
  }

  /** Asks for files or a folder, and looks at them. */
  async choose(folder: boolean): Promise<void> {
    try {
      const paths = await call("choose_files", { folder });
      if (paths.length > 0) await this.take(paths);
    } catch (cause) {
      toasts.problem(cause);
    }
  }

  /** Looks at paths one after the other, on the page that shows what they are. */
  async take(paths: string[]): Promise<void> {
    const known = new Set(this.list.map(({ path }) => path));
    const added = paths
      .filter((path) => !known.has(path))
      .map((path) => ({ id: this.#next++, path, found: null, error: null }));
    this.list = [...this.list, ...added];
    this.opened = null;
    go(to.import());
    await this.#look();
  }

  /** Looks once more at a path that could not be read. */
  async again(id: number): Promise<void> {
    this.#change(id, { error: null });
    await this.#look();
  }

  /** Is done with a part of what was found, or with everything. */
  settle(ids: number[], part: keyof Dropped | "all"): void {
    const rest = { release: null, results: [], unknown: [] };
    this.list = this.list
      .map((each) =>
        ids.includes(each.id) && each.found
          ? { ...each, found: part === "all" ? rest : { ...each.found, [part]: rest[part] } }
          : each,
      )
      .filter(
        ({ id, found }) =>
          !(ids.includes(id) && (part === "all" || (found !== null && isEmpty(found)))),
      );
  }

  /** Keeps a release's domains; gives why that failed, or null. */
  async keep(arrival: Arrival, path: string, name: string): Promise<ApiError | null> {
    try {
      const source = await call("keep_release", { path, name });
      this.fresh = [...this.fresh.filter((each) => each !== source.name), source.name];
      this.settle([arrival.id], "release");
      toasts.show(`Kept ${count(source.domains.length, "domain")} as “${source.name}”.`);
      if (this.list.length === 0) go(to.domains());
      return null;
    } catch (cause) {
      return toApiError(cause);
    }
  }

  /** Opens result files as runs and shows them; gives why that failed, or null. */
  async open(ids: number[], paths: string[]): Promise<ApiError | null> {
    try {
      const opened = await call("open_results", { paths });
      this.settle(ids, "results");
      if (opened.problems.length > 0 || this.list.length > 0) {
        this.opened = opened;
      } else if (opened.runs.length === 1) {
        go(to.run(opened.runs[0]!.id));
      } else {
        toasts.show(`Opened ${opened.runs.length} runs.`);
        go(to.runs());
      }
      return null;
    } catch (cause) {
      return toApiError(cause);
    }
  }

  /** Forgets everything, for instance between two tests. */
  clear(): void {
    this.list = [];
    this.fresh = [];
    this.opened = null;
    this.over = false;
  }

  async #look(): Promise<void> {
    if (this.#looking) return;
    this.#looking = true;
    try {
      for (;;) {
        const next = this.list.find((each) => !each.found && !each.error);
        if (!next) return;
        try {
          this.#change(next.id, { found: await call("look_at", { paths: [next.path] }) });
        } catch (cause) {
          this.#change(next.id, { error: toApiError(cause) });
        }
      }
    } finally {
      this.#looking = false;
    }
  }

  #change(id: number, part: Partial<Arrival>): void {
    this.list = this.list.map((each) => (each.id === id ? { ...each, ...part } : each));
  }
}

export const arrivals = new Arrivals();
