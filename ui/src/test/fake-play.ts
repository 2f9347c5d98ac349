// Playing in the in-memory product.

import type { PlayView } from "../lib/api/generated";
import type { Handlers } from "./handlers";

export function play(): Pick<Handlers, "start_play" | "play_view" | "play_move"> {
  const view: PlayView = {
    run_id: "play",
    conversation_id: "p-0-0-0",
    seat: "customer",
    domain_title: "Online shop",
    title: "Exchange a lamp (1)",
    instruction: "",
    traits: "",
    policy: "",
    tools: [],
    other: "Practice agent",
    turns: [],
    your_turn: true,
    status: "",
    state: "running",
    over: false,
    verdict: "",
  };
  return { start_play: () => view, play_view: () => view, play_move: () => view };
}
