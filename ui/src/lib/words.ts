// Numbers, times and states in the words of the interface.

import type {
  CachedReplies,
  CautionKind,
  FaultAuthor,
  FaultKind,
  ImportedInfo,
  KeyState,
  Outcome,
  Progress,
  RunState,
} from "./api/generated";

/** `1 task`, `1,200 tasks`. */
export function count(n: number, one: string, many = `${one}s`): string {
  return `${n.toLocaleString("en")} ${n === 1 ? one : many}`;
}

/** `about 6 min`; coarse on purpose, because it is an estimate. */
export function duration(seconds: number): string {
  if (seconds < 50) return "less than a minute";
  const minutes = Math.round(seconds / 60);
  if (minutes < 90) return `about ${minutes} min`;
  const hours = seconds / 3600;
  return hours < 10
    ? `about ${Number(hours.toFixed(1))} hours`
    : `about ${Math.round(hours)} hours`;
}

/** `$1.12`; small sums keep what matters: `$0.004`. */
export function money(dollars: number): string {
  if (dollars === 0) return "$0";
  if (dollars < 0.01) return `$${dollars.toPrecision(1)}`;
  return `$${dollars.toFixed(2)}`;
}

/** `5.4 MB`; in the units that people see when they download something. */
export function bytes(n: number): string {
  if (n < 1_000_000) return `${Math.max(1, Math.round(n / 1000)).toLocaleString("en")} kB`;
  if (n < 1_000_000_000) return `${(n / 1_000_000).toFixed(n < 10_000_000 ? 1 : 0)} MB`;
  return `${(n / 1_000_000_000).toFixed(1)} GB`;
}

/** `3 of 9 replies from the cache`. */
export function fromCache({ cached, replies }: CachedReplies): string {
  return `${cached.toLocaleString("en")} of ${count(replies, "reply", "replies")} from the cache`;
}

/** `62 %`, or a dash when there is nothing to show. */
export function percent(rate: number | null): string {
  return rate === null ? "–" : `${Math.round(rate * 100)} %`;
}

/** Points with a sign and a true minus: `−12`. */
export function points(value: number): string {
  const rounded = Math.round(value);
  if (rounded === 0) return "0";
  return rounded < 0 ? `−${-rounded}` : `+${rounded}`;
}

export const outcomeWord: Record<Outcome, string> = {
  passed: "Passed",
  failed: "Failed",
  not_scored: "Not scored",
  pending: "Waiting",
  running: "Going on",
};

export const runStateWord: Record<RunState, string> = {
  running: "Running",
  paused: "Paused",
  finished: "Finished",
  cancelled: "Cancelled",
};

/** Who was at fault, as the product's counts call them. */
export const faultAuthorWord: Record<FaultAuthor, string> = {
  user: "Customer",
  agent: "Agent",
  environment: "Environment",
};

/** At whose door a failure is laid, in charts and lists. */
export const sideWord: Record<string, string> = {
  ...faultAuthorWord,
  grader: "Grading in doubt",
  unjudged: "Not judged",
};

/** What a caution is about, in a word or two. */
export const cautionWord: Record<CautionKind, string> = {
  customer_model: "Other customer model",
  prompts: "Other prompts",
  grader: "Other grading",
  data: "Other data",
  set_up: "Other set-up",
  few_tasks: "Few tasks",
  stopped_early: "Stopped early",
  not_scored: "Not scored",
  changed_afterwards: "Changed after the run",
  trait_not_shown: "Traits not shown",
  reply_cache: "Replies from the cache",
};

/** What went wrong, as the product's counts call it. */
export const faultKindWord: Record<FaultKind, string> = {
  called_wrong_tool: "Wrong action",
  used_wrong_tool_argument: "Right action, wrong detail",
  goal_partially_completed: "Something left out",
  other: "Something else",
};

/** `Opened from results.json and 2 more (tau-bench format)`. */
export function openedFrom({ files, format }: ImportedInfo): string {
  const more = files.length > 1 ? ` and ${files.length - 1} more` : "";
  return `Opened from ${files[0] ?? "a file"}${more} (${format} format)`;
}

export const keyStateWord: Record<KeyState, string> = {
  stored: "Key stored in the system's password store",
  session_only: "Key kept until the app closes",
  environment: "Key taken from the environment",
  missing: "No key yet",
  not_needed: "No key needed",
};

/** The line of a run under way: `87 of 240 conversations, about 6 min, $1.12 so far`. */
export function progressLine(progress: Progress): string {
  const parts = [
    `${progress.finished.toLocaleString("en")} of ${count(progress.planned, "conversation")}`,
  ];
  if (progress.state === "running" && progress.eta_seconds !== null) {
    parts.push(`${duration(progress.eta_seconds)} to go`);
  }
  if (progress.cost_usd !== null && progress.cost_usd > 0) {
    parts.push(`${money(progress.cost_usd)} so far`);
  }
  return parts.join(", ");
}

/** A moment as a person says it: `today 14:03`, `yesterday 09:10`, `3 Nov 2026`. */
export function moment(iso: string, now: Date): string {
  const then = new Date(iso);
  if (Number.isNaN(then.getTime())) return iso;
  const clock = then.toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" });
  const day = (date: Date) => new Date(date.getFullYear(), date.getMonth(), date.getDate());
  const days = Math.round((day(now).getTime() - day(then).getTime()) / 86_400_000);
  if (days === 0) return `today ${clock}`;
  if (days === 1) return `yesterday ${clock}`;
  return then.toLocaleDateString("en-GB", { day: "numeric", month: "short", year: "numeric" });
}
