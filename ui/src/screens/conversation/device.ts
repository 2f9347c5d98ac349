// The customer's device in the course of a conversation: as it was, and what calls changed of it.

import type { DevicePart, Turn } from "$lib/api/generated";

/** What the customer has in hand after the turns: the parts as they were, with every change put in. */
export function deviceAfter(device: DevicePart[], turns: Turn[]): DevicePart[] {
  const parts = device.map((part) => ({
    name: part.name,
    fields: part.fields.map((field) => ({ ...field, changed: false })),
  }));
  const changes = turns.flatMap((turn) => turn.tool?.changes ?? []);
  for (const { seat, record, field, after } of changes) {
    if (seat !== "customer") continue;
    let part = parts.find((each) => each.name === record);
    if (!part) {
      part = { name: record, fields: [] };
      parts.push(part);
    }
    const known = part.fields.find((each) => each.name === field);
    if (known) {
      known.value = after ?? "nothing";
      known.changed = true;
    } else if (field === "" || after !== null) {
      part.fields.push({ name: field, value: after ?? "nothing", changed: true });
    }
  }
  // What was changed and changed back is as it was.
  for (const part of parts) {
    const before = device.find((each) => each.name === part.name);
    for (const field of part.fields) {
      const was = before?.fields.find((each) => each.name === field.name);
      if (was?.value === field.value) field.changed = false;
    }
  }
  return parts;
}
