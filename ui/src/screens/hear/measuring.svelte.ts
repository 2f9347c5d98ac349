// Voices being measured: where each stands, asked again and again while one is under way.

import type { CalibrationView, VoiceInfo } from "$lib/api/generated";
import { call } from "$lib/api/host";
import { toasts } from "$lib/state/toasts.svelte";

export class Measuring {
  views = $state.raw<Record<string, CalibrationView>>({});
  #beat: ReturnType<typeof setInterval> | undefined;
  #ondone: () => void;

  /** Calls `ondone` whenever a measurement came to its end. */
  constructor(ondone: () => void) {
    this.#ondone = ondone;
  }

  /** Where a voice stands; undefined while that is not known. */
  of(voice: string): CalibrationView | undefined {
    return this.views[voice];
  }

  /** Asks where these voices stand. */
  async look(voices: VoiceInfo[]): Promise<void> {
    await Promise.all(voices.map(({ id }) => this.#ask(id)));
    this.#watch();
  }

  async start(voice: VoiceInfo, traits: string[]): Promise<boolean> {
    try {
      const draft = { voice: voice.choice, traits };
      this.#keep(voice.id, await call("start_calibration", { draft }));
      this.#watch();
      return true;
    } catch (cause) {
      toasts.problem(cause);
      return false;
    }
  }

  async stop(voice: string): Promise<void> {
    try {
      this.#keep(voice, await call("stop_calibration", { voice }));
    } catch (cause) {
      toasts.problem(cause);
    }
  }

  /** Asks no more; for when the page goes. */
  rest(): void {
    clearInterval(this.#beat);
    this.#beat = undefined;
  }

  #watch(): void {
    const running = () => Object.values(this.views).filter(({ state }) => state === "running");
    if (this.#beat !== undefined || running().length === 0) return;
    this.#beat = setInterval(() => {
      const going = running();
      if (going.length === 0) this.rest();
      for (const { voice } of going) void this.#ask(voice);
    }, 700);
  }

  async #ask(voice: string): Promise<void> {
    try {
      this.#keep(voice, await call("calibration", { voice }));
    } catch {
      // A voice that cannot be asked about is shown as one that was never measured.
    }
  }

  #keep(voice: string, view: CalibrationView): void {
    const before = this.views[voice];
    this.views = { ...this.views, [voice]: view };
    if (before?.state === "running" && view.state !== "running") this.#ondone();
  }
}
