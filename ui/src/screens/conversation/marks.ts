// Places in a conversation that are worth a look: tools that refused, what was held back, and where
// it went wrong.

import type { ConversationDiagnosis, Turn } from "$lib/api/generated";

export interface Mark {
  /** The turn's number. */
  turn: number;
  tone: "fail" | "warn";
  /** What is there, in words. */
  words: string;
}

/** The marks in the order of the conversation, at most one a turn; the gravest wins. */
export function marksOf(turns: Turn[], diagnosis: ConversationDiagnosis | null): Mark[] {
  const wrong = diagnosis?.shown?.turn ?? null;
  const findings = new Map(
    (diagnosis?.findings ?? []).flatMap(({ turn, sentence }) =>
      turn === null ? [] : [[turn, sentence] as const],
    ),
  );
  return turns.flatMap((turn): Mark[] => {
    const { number, tool, drafts } = turn;
    if (number === wrong)
      return [{ turn: number, tone: "fail", words: "Here it first went wrong" }];
    const finding = findings.get(number);
    if (finding) return [{ turn: number, tone: "fail", words: finding }];
    if (tool && !tool.ok) return [{ turn: number, tone: "fail", words: tool.sentence }];
    if (drafts.length > 0) {
      return [{ turn: number, tone: "warn", words: "Something else was nearly said" }];
    }
    return [];
  });
}

/** Where along a strip of `height` the marks go so that none covers another; `at` is 0 to 1. */
export function spread(at: number[], height: number, size: number): number[] {
  const tops = at.map((each) => Math.max(0, each * height - size / 2));
  for (let i = 1; i < tops.length; i++) tops[i] = Math.max(tops[i]!, tops[i - 1]! + size);
  for (let i = tops.length - 1; i >= 0; i--) {
    const limit = i === tops.length - 1 ? height - size : tops[i + 1]! - size;
    tops[i] = Math.max(0, Math.min(tops[i]!, limit));
  }
  return tops;
}
