// Ticks say only that a run changed. A screen asks again at most every `pause` milliseconds,
// once at the start of a burst and once after its end, so that fast runs do not flood the window.

import { onTick } from "../api/host";

/** Calls `action` at once, then at most once per `pause`, never losing the last request. */
export function throttle(action: () => void, pause: number): { (): void; stop(): void } {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let again = false;
  const run = () => {
    if (timer !== undefined) {
      again = true;
      return;
    }
    action();
    timer = setTimeout(() => {
      timer = undefined;
      if (again) {
        again = false;
        run();
      }
    }, pause);
  };
  run.stop = () => {
    clearTimeout(timer);
    timer = undefined;
    again = false;
  };
  return run;
}

type Listener = (runId: string) => void;
const listeners = new Set<Listener>();

/** Listens for as long as the window is there, so that no tick falls between two pages. */
export function listen(): () => void {
  return onTick((tick) => {
    for (const each of [...listeners]) each(tick.run_id);
  });
}

/** Calls `action` when the run changes (any run when `runId` is null); returns the way to stop. */
export function onRunChange(runId: string | null, action: () => void, pause = 500): () => void {
  const throttled = throttle(action, pause);
  const listener: Listener = (changed) => {
    if (runId === null || changed === runId) throttled();
  };
  listeners.add(listener);
  return () => {
    throttled.stop();
    listeners.delete(listener);
  };
}
