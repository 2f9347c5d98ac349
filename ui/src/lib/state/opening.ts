// Where the app opens: on the sample, as long as it is the only run there is. It explains by itself
// what a result looks like; whoever has runs of their own wants to see those.

import { call } from "$lib/api/host";
import { go, to } from "$lib/router.svelte";

/** Opens the sample's page when no page was asked for and nothing else is there yet. */
export async function openOnSample(): Promise<void> {
  if (location.hash !== "") return;
  const [app, runs] = await Promise.all([
    call("app_info"),
    call("list_runs", { text: "", page: { offset: 0, limit: 1 } }),
  ]);
  if (app.sample_run !== null && runs.total === 1 && location.hash === "") {
    go(to.run(app.sample_run), true);
  }
}
