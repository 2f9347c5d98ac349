import { beforeEach, expect, test } from "vitest";
import { useHost } from "$lib/api/host";
import { go } from "$lib/router.svelte";
import { fakeHost } from "../../test/fake-product";
import { openOnSample } from "./opening";

const runs = (total: number) => ({ list_runs: () => ({ total, rows: [] }) });

beforeEach(() => history.replaceState(null, "", location.pathname));

test("the first start opens on the sample", async () => {
  useHost(fakeHost(runs(1)));
  await openOnSample();
  expect(location.hash).toBe("#/runs/big");
});

test("whoever has runs of their own sees the list of runs", async () => {
  useHost(fakeHost(runs(2)));
  await openOnSample();
  expect(location.hash).toBe("");
});

test("a page that was asked for stays", async () => {
  useHost(fakeHost(runs(1)));
  go("#/help", true);
  await openOnSample();
  expect(location.hash).toBe("#/help");
});
