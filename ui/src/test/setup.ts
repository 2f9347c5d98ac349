import "@testing-library/jest-dom/vitest";
import { cleanup } from "@testing-library/svelte";
import { afterEach } from "vitest";
import { preferences } from "../lib/state/preferences.svelte";
import { forgetReadings } from "../lib/state/readings.svelte";

class NoResize {
  observe() {}
  unobserve() {}
  disconnect() {}
}
globalThis.ResizeObserver ??= NoResize as unknown as typeof ResizeObserver;
Element.prototype.scrollIntoView ??= () => {};

// Queued frames and answers settle before the page goes.
afterEach(async () => {
  await new Promise((resolve) => setTimeout(resolve, 20));
  cleanup();
  forgetReadings();
  preferences.forget();
  location.hash = "";
});
