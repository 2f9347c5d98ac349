// Who can play a customer, in the words of the page.

import type { MeterReading, VoiceInfo, VoiceKind } from "$lib/api/generated";

/** How traits reach a customer. */
export const voiceKindWord: Record<VoiceKind, string> = {
  practice: "practice, not a real model: free and offline",
  prompted: "told its traits in words",
  hosted: "steered by a service",
  local: "steered on this computer",
};

/** Practice customers first, then those that can speak now, otherwise as the product lists them. */
export function inOrder(voices: VoiceInfo[]): VoiceInfo[] {
  const rank = (voice: VoiceInfo) => (voice.kind === "practice" ? 0 : voice.ready ? 1 : 2);
  return voices
    .map((voice, index) => ({ voice, index }))
    .sort((a, b) => rank(a.voice) - rank(b.voice) || a.index - b.index)
    .map(({ voice }) => voice);
}

/**
 * Whether a voice can be asked for a message of this mix. The practice customer speaks in any case;
 * what it cannot show is said beside it.
 */
export function canSpeak(voice: VoiceInfo, levels: Record<string, number>): boolean {
  return voice.ready && (voice.kind === "practice" || beyond(voice, levels).length === 0);
}

/** Whether a voice's curve of a trait can be had; a local model learns a trait by being measured. */
export function canBeMeasured(voice: VoiceInfo, trait: string): boolean {
  return voice.kind === "local" || beyond(voice, { [trait]: 1 }).length === 0;
}

/** The traits of a mix that a voice cannot show. */
export function beyond(voice: VoiceInfo, levels: Record<string, number>): string[] {
  return voice.traits === null
    ? []
    : Object.keys(levels).filter((id) => !voice.traits!.includes(id));
}

const sources: Record<string, string> = {
  markers: "read from its words",
  basis: "read inside the model",
  direction: "read inside the model",
  judge: "judged by a model",
};

/** How a level was measured, in words. */
export function sourceWord(source: MeterReading["source"]): string {
  return sources[source] ?? source;
}

/** What a dose curve's effect is measured in. */
export const unitWord: Record<string, string> = {
  markers: "read from the words of messages",
  contrast: "read inside the model",
  judge: "judged by a model",
};

let last = "";

/** The voice that was heard last, so that another page opens on it. */
export const lastVoice = {
  get: () => last,
  set: (id: string) => (last = id),
};
