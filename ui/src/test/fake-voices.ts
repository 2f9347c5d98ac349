// Voices of the in-memory product: who can play a customer, what was measured, and models on this
// computer.

import type {
  CalibrationView,
  DoseCurve,
  LocalModelInfo,
  TraitInfo,
  VoiceInfo,
} from "../lib/api/generated";
import { gone, type Handlers } from "./handlers";

type VoiceCommands =
  | "list_voices"
  | "speak"
  | "start_calibration"
  | "calibration"
  | "stop_calibration"
  | "list_curves"
  | "list_local_models"
  | "fetch_local_model"
  | "stop_local_model"
  | "add_local_model"
  | "delete_local_model"
  | "import_vector"
  | "export_vector";

const names = ["Off", "Slight", "Clear", "Strong", "Extreme"];

function voice(
  id: string,
  part: Pick<VoiceInfo, "name" | "kind" | "choice"> & Partial<VoiceInfo>,
): VoiceInfo {
  return { id, ready: true, note: "", traits: null, calibrated_at: null, ...part };
}

const local = (model: string) => ({
  strategy: "local" as const,
  endpoint: "local",
  model,
  reanchor: false,
});

function localModel(id: string, name: string, part: Partial<LocalModelInfo>): LocalModelInfo {
  return {
    id,
    name,
    note: "Writes short, natural messages; good for a first look.",
    licence: "Apache-2.0",
    licence_page: "https://licences.example/apache-2.0",
    address: `https://models.example/${id}`,
    size_bytes: 1_930_000_000,
    memory_bytes: 2_900_000_000,
    sha256: "6a1a2eb6d15622bf3c96857206351ba97e1af16c30d7a74ee38970e434e9407e",
    state: "missing",
    received: 0,
    message: "",
    basis: null,
    ...part,
  };
}

function curve(trait: string, lift: number, monotone: boolean): DoseCurve {
  const effects = monotone ? [0.1, 0.9, 1.8, 2.9, 3.7] : [0.1, 1.2, 0.9, 2.1, 2.6];
  return {
    trait_id: trait,
    unit: "markers",
    points: effects.map((effect, level) => ({
      level,
      dial: level,
      effect: effect * lift,
      low: Math.max(0, effect * lift - 0.3),
      high: effect * lift + 0.3,
      n: 24,
    })),
    monotone,
    sentence: monotone
      ? "More asked was more shown, at every step."
      : "Clear showed less than Slight: these two levels cannot be told apart in this voice.",
  };
}

/** Voices over the traits that `find` knows; `label` says a mix in words. */
export function voices(
  find: (id: string) => TraitInfo,
  label: (levels: Record<string, number>) => string,
): Pick<Handlers, VoiceCommands> {
  let models: LocalModelInfo[] = [
    localModel("Qwen3-1.7B-Q4_K_M.gguf", "Qwen3 1.7B", {
      state: "ready",
      basis: {
        traits: ["Impatience", "Confusion", "Skepticism", "Incoherence"],
        layer: 15,
        layers: 28,
        made_at: "2026-11-20T09:10:00Z",
        outdated: ["Skepticism"],
      },
    }),
    localModel("Llama-3.2-3B-Instruct-Q4_K_M.gguf", "Llama 3.2 3B", {
      licence: "Llama 3.2 Community Licence",
      state: "partial",
      received: 812_000_000,
      size_bytes: 2_020_000_000,
      memory_bytes: 3_400_000_000,
    }),
    localModel("gemma-3-4b-it-Q4_0.gguf", "Gemma 3 4B", {
      licence: "Gemma terms of use",
      note: "Needs more memory; keeps a mix of traits apart better than the smaller ones.",
      size_bytes: 3_160_000_000,
      memory_bytes: 4_800_000_000,
    }),
    localModel(
      "my-own-finetune-with-a-very-long-name-that-somebody-gave-it-v2-final.gguf",
      "my-own-finetune-with-a-very-long-name-that-somebody-gave-it-v2-final",
      {
        address: "",
        licence: "",
        licence_page: "",
        note: "",
        state: "broken",
        message: "The file ends before its last table. Fetch or copy it once more.",
      },
    ),
  ];
  const all = (): VoiceInfo[] => [
    voice("llm:house:mistral-small", {
      name: "mistral-small (House server), told in words",
      kind: "prompted",
      choice: { strategy: "llm", endpoint: "house", model: "mistral-small", reanchor: true },
    }),
    voice("practice", {
      name: "Practice customer",
      kind: "practice",
      choice: {
        strategy: "practice",
        endpoint: "practice",
        model: "practice customer",
        reanchor: false,
      },
      note: "Scripted and free: not a real model.",
      traits: ["impatience", "confusion", "skeptical", "incoherence"],
      calibrated_at: "2026-11-18T08:00:00Z",
    }),
    voice("trait-mix:steer:", {
      name: "Steering box, steered there",
      kind: "hosted",
      choice: { strategy: "trait-mix", endpoint: "steer", model: "", reanchor: false },
      ready: false,
      note: "No key yet.",
      traits: ["impatience", "confusion", "skeptical", "incoherence"],
    }),
    ...models
      .filter(({ state }) => state === "ready")
      .map((model) =>
        voice(`local:local:${model.id}`, {
          name: `${model.name}, steered on this computer`,
          kind: "local",
          choice: local(model.id),
          ready: model.basis !== null,
          note: model.basis === null ? "Measure it first; then it can show traits." : "",
          traits: ["impatience", "confusion", "skeptical", "incoherence"],
          calibrated_at: model.basis?.made_at ?? null,
        }),
      ),
  ];
  const states = new Map<string, CalibrationView>();
  const view = (id: string): CalibrationView => {
    const { kind } = all().find((each) => each.id === id) ?? gone("This voice is gone.");
    return (
      states.get(id) ?? {
        voice: id,
        state: "none",
        step: "",
        done: 0,
        planned: 288,
        eta_seconds: kind === "local" ? 1500 : kind === "practice" ? 4 : 380,
        calls: kind === "prompted" || kind === "hosted" ? 288 : 0,
        curves: null,
        message: "",
      }
    );
  };
  const change = (id: string, part: Partial<LocalModelInfo>): LocalModelInfo => {
    const found = models.find((each) => each.id === id) ?? gone("This model is gone.");
    const next = { ...found, ...part };
    models = models.map((each) => (each.id === id ? next : each));
    return next;
  };

  return {
    list_voices: all,
    speak: ({ request }) => {
      const practice = request.voice.strategy === "practice";
      const asked = Object.entries(request.levels).filter(([, level]) => level > 0);
      const hurry = (request.levels["impatience"] ?? 0) > 2;
      return {
        text: `${hurry ? "Do it now. " : ""}${request.situation || "The lamp arrived with a scratch."} (${label(request.levels) || "easy"}, ${request.seed})`,
        meter: asked.map(([id, level]) => {
          const measured = Math.max(0, level - 0.4);
          return {
            trait_id: id,
            name: find(id).name,
            color: find(id).color,
            asked: level,
            measured,
            level: names[Math.round(measured)]!,
            source: request.voice.strategy === "local" ? "direction" : "markers",
          };
        }),
        notes:
          Math.hypot(...Object.values(request.levels), 0) > 6
            ? ["The mix was too strong together; each trait was played at 87 % of its level."]
            : [],
        practice,
        cost_usd: practice ? 0 : 0.0004,
        seconds: practice ? 0.1 : 1.8,
      };
    },
    calibration: ({ voice: id }) => {
      const now = view(id);
      if (now.state !== "running") return now;
      const done = Math.min(now.planned, now.done + 96);
      const next: CalibrationView = {
        ...now,
        done,
        state: done === now.planned ? "done" : "running",
        step: `Impatience at ${names[Math.min(4, Math.floor(done / 72))]}`,
        eta_seconds: now.planned - done,
      };
      states.set(id, next);
      return next;
    },
    start_calibration: ({ draft }) => {
      const found = all().find(
        ({ choice }) =>
          choice.strategy === draft.voice.strategy &&
          choice.endpoint === draft.voice.endpoint &&
          choice.model === draft.voice.model,
      );
      const id = (found ?? gone("This voice is gone.")).id;
      const next: CalibrationView = {
        ...view(id),
        state: "running",
        done: 0,
        step: "Impatience at Off",
      };
      states.set(id, next);
      return next;
    },
    stop_calibration: ({ voice: id }) => {
      const next: CalibrationView = { ...view(id), state: "stopped", message: "" };
      states.set(id, next);
      return next;
    },
    list_curves: () => [
      {
        voice: "practice",
        name: "Practice customer",
        made_at: "2026-11-18T08:00:00Z",
        curves: ["impatience", "confusion", "skeptical", "incoherence"].map((id) =>
          curve(id, 1, true),
        ),
      },
      {
        voice: "llm:house:mistral-small",
        name: "mistral-small (House server), told in words",
        made_at: "2026-11-20T16:20:00Z",
        curves: [curve("impatience", 0.8, false)],
      },
      ...[...states.values()]
        .filter(({ state }) => state === "done")
        .map(({ voice: id }) => ({
          voice: id,
          name: id,
          made_at: "2026-11-21T10:00:00Z",
          curves: [curve("impatience", 1, true), curve("confusion", 1, true)],
        })),
    ],
    list_local_models: () => {
      // A download goes on while one looks.
      models = models.map((model) => {
        if (model.state !== "fetching") return model;
        const received = Math.min(model.size_bytes, model.received + 400_000_000);
        return received === model.size_bytes
          ? { ...model, received, state: "ready" }
          : { ...model, received };
      });
      return models;
    },
    fetch_local_model: ({ id }) => change(id, { state: "fetching", message: "" }),
    stop_local_model: ({ id }) => change(id, { state: "partial" }),
    add_local_model: ({ path }) => {
      const id = path.split("/").at(-1)!;
      const added = localModel(id, id.replace(".gguf", ""), {
        address: "",
        licence: "",
        licence_page: "",
        note: "",
        state: "ready",
      });
      models = [...models, added];
      return added;
    },
    delete_local_model: ({ id }) => {
      const found = models.find((each) => each.id === id) ?? gone("This model is gone.");
      models = found.address
        ? models.map((each) =>
            each.id === id ? { ...each, state: "missing", received: 0, basis: null } : each,
          )
        : models.filter((each) => each.id !== id);
      return models;
    },
    import_vector: ({ model, trait_id }) => {
      const found = models.find((each) => each.id === model) ?? gone("This model is gone.");
      const { name } = find(trait_id);
      return change(model, {
        basis: {
          layer: 15,
          layers: 28,
          made_at: "2026-11-21T10:00:00Z",
          outdated: [],
          ...found.basis,
          traits: [...new Set([...(found.basis?.traits ?? []), name])],
        },
      });
    },
    export_vector: ({ model, trait_id }) => ({
      path: `/home/someone/Documents/${model.replace(".gguf", "")}.${trait_id}.gguf`,
    }),
  };
}
