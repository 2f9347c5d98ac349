// Faults of the in-memory product.

import type { ConversationDiagnosis, RunFaults } from "../lib/api/generated";
import type { Handlers } from "./handlers";

type FaultCommands =
  | "run_faults"
  | "list_faults"
  | "get_diagnosis"
  | "list_fault_tags"
  | "start_diagnosis"
  | "stop_diagnosis"
  | "correct_diagnosis"
  | "withdraw_correction";

export function faults(): Pick<Handlers, FaultCommands> {
  const run: RunFaults = {
    failures: 0,
    judged: 0,
    sentence: "",
    authors: [],
    kinds: [],
    tags: [],
    agreement: null,
    rate: null,
    rate_without_user_faults: null,
    job: null,
  };
  const none: ConversationDiagnosis = {
    conversation_id: "",
    shown: null,
    rules: null,
    model: null,
    person: null,
    findings: [],
  };
  return {
    run_faults: () => run,
    list_faults: () => ({ total: 0, rows: [] }),
    get_diagnosis: ({ conversation }) => ({ ...none, conversation_id: conversation }),
    list_fault_tags: () => [],
    start_diagnosis: () => run,
    stop_diagnosis: () => run,
    correct_diagnosis: ({ correction }) => ({
      ...none,
      conversation_id: correction.conversation_id,
    }),
    withdraw_correction: ({ conversation }) => ({ ...none, conversation_id: conversation }),
  };
}
