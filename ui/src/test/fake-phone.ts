// Conversations of the in-memory product in which the customer has a phone in hand: one that failed, one
// that goes on, and one in which the agent works alone.

import type { ConversationDetail, GradeAccount } from "../lib/api/generated";
import { conversation, outward } from "./fake-data";

/** The grade of a conversation with a phone, taken apart. */
function phoneAccount(): GradeAccount {
  return {
    ending: "The customer ended the conversation.",
    cut_short: false,
    note: "",
    parts: [
      {
        title: "What had to be so at the end",
        counts: true,
        met: false,
        points: [
          { text: "The phone has service", met: true, remark: "", turn: null },
          {
            text: "Bill B5102 is not overdue",
            met: false,
            remark: "It was awaiting payment.",
            turn: null,
          },
          {
            text: "Mobile internet brings at least 200 Mbps (excellent)",
            met: false,
            remark: "There was no connection: mobile data was off.",
            turn: 3,
          },
        ],
        differences: [],
      },
      {
        title: "The expected steps",
        counts: false,
        met: false,
        points: [
          { text: "The customer: Toggle airplane mode", met: true, remark: "", turn: null },
          {
            text: "The customer: Make payment",
            met: false,
            remark: "It was never taken.",
            turn: null,
          },
        ],
        differences: [],
      },
      {
        title: "Records and device as the expected steps leave them",
        counts: false,
        met: false,
        points: [],
        differences: [
          {
            seat: "agent",
            record: "Bill B5102",
            fields: [{ field: "status", expected: "Paid", actual: "Awaiting Payment" }],
          },
          {
            seat: "customer",
            record: "Device",
            fields: [{ field: "mobile data", expected: "on", actual: "off" }],
          },
        ],
      },
    ],
  };
}

/** A conversation in which the customer has a phone, and uses it. */
export function phoneConversation(id: string): ConversationDetail {
  const plain = conversation(id, "failed", false);
  const quiet = { ...outward, text: "" };
  return {
    ...plain,
    summary: { ...plain.summary, title: "Airplane mode is on, and the bill is overdue" },
    verdict: "Failed. Not so: bill B5102 is not overdue.",
    turns: [
      ...plain.turns.slice(0, 2),
      {
        number: 3,
        speaker: "tool",
        tool: {
          name: "toggle_airplane_mode",
          sentence: "Toggled airplane mode · Airplane Mode is now OFF",
          ok: true,
          arguments: [],
          result: "Airplane Mode is now OFF.",
          seat: "customer",
          changes: [
            {
              seat: "customer",
              record: "Device",
              field: "airplane mode",
              before: "yes",
              after: "no",
            },
            {
              seat: "customer",
              record: "Device",
              field: "network signal strength",
              before: "none",
              after: "excellent",
            },
          ],
        },
        ...quiet,
      },
      {
        number: 4,
        speaker: "customer",
        text: "Done. It says: Airplane Mode is now OFF.",
        tool: null,
        ...outward,
      },
      {
        number: 5,
        speaker: "tool",
        tool: {
          name: "send_payment_request",
          sentence: "Sent a payment request for bill B5102",
          ok: true,
          arguments: [{ name: "bill_id", value: "B5102" }],
          result: "Payment request sent",
          seat: "agent",
          changes: [
            {
              seat: "agent",
              record: "Bill B5102",
              field: "status",
              before: "Overdue",
              after: "Awaiting Payment",
            },
          ],
        },
        ...quiet,
      },
    ],
    device: [
      {
        name: "Device",
        fields: [
          { name: "airplane mode", value: "yes", changed: false },
          { name: "network signal strength", value: "none", changed: false },
          { name: "network technology connected", value: "5G", changed: false },
          { name: "data enabled", value: "yes", changed: false },
          { name: "battery level", value: "64", changed: false },
          { name: "data saver mode", value: "no", changed: false },
          {
            name: "app statuses › messaging › permissions › storage",
            value: "no",
            changed: false,
          },
        ],
      },
      { name: "Surroundings", fields: [{ name: "is abroad", value: "no", changed: false }] },
    ],
    account: phoneAccount(),
  };
}

/** One that goes on: the phone has just been changed. */
export function livePhone(id: string): ConversationDetail {
  const failed = phoneConversation(id);
  return {
    ...failed,
    summary: { ...failed.summary, run_id: "live", outcome: "running", messages: 0, tool_calls: 0 },
    verdict: "",
    turns: failed.turns.slice(1, 4),
    account: undefined,
    graded: false,
  };
}

/** One in which the agent works alone, on a ticket. */
export function aloneConversation(id: string): ConversationDetail {
  const failed = phoneConversation(id);
  const told =
    "Customer Anouk Brandt (C3101) reports: no service since this morning. The phone is here.";
  return {
    ...failed,
    ticket: told,
    turns: [
      ...failed.turns.filter((turn) => turn.tool !== null),
      {
        number: 6,
        speaker: "agent",
        text: "(ended the conversation)",
        tool: null,
        ...outward,
      },
    ],
  };
}
