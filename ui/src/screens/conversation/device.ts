// The customer's device in the course of a conversation: as it was, and what calls changed of it.

import type { DeviceField, DevicePart, StateChange, Turn } from "$lib/api/generated";

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

/** What differs of the device from how it was at the beginning. */
export function changedOf(device: DevicePart[], now: DevicePart[]): StateChange[] {
  return now.flatMap((part) => {
    const before = device.find((each) => each.name === part.name)?.fields ?? [];
    return part.fields
      .filter((field) => field.changed)
      .map((field) => ({
        seat: "customer" as const,
        record: part.name,
        field: field.name,
        before: before.find((each) => each.name === field.name)?.value ?? null,
        after: field.value,
      }));
  });
}

/** The fields of a part: its own, and those below a common name (`app statuses › messaging › …`). */
export interface Grouped {
  own: DeviceField[];
  groups: { name: string; fields: DeviceField[] }[];
}

/** The fields of a part, put together where their names begin alike. */
export function grouped(part: DevicePart): Grouped {
  const found: Grouped = { own: [], groups: [] };
  for (const field of part.fields) {
    const cut = field.name.indexOf(" › ");
    if (cut < 0) {
      found.own.push(field);
      continue;
    }
    const name = field.name.slice(0, cut);
    let group = found.groups.find((each) => each.name === name);
    if (!group) {
      group = { name, fields: [] };
      found.groups.push(group);
    }
    group.fields.push({ ...field, name: field.name.slice(cut + 3) });
  }
  return found;
}

/** One thing that a phone shows at its top. */
export interface Sign {
  text: string;
  changed: boolean;
}

/**
 * What the phone shows at its top, from the fields of tau2's telecom device; empty for what is no such
 * phone.
 */
export function statusBar(parts: DevicePart[]): Sign[] {
  const fields = new Map(parts.flatMap((part) => part.fields.map((each) => [each.name, each])));
  const signal = fields.get("network signal strength");
  if (!signal) return [];
  const signs: Sign[] = [];
  const value = (name: string) => fields.get(name)?.value ?? "";
  const is = (name: string) => value(name) === "yes";
  const add = (text: string, ...names: string[]) =>
    signs.push({ text, changed: names.some((name) => fields.get(name)?.changed) });

  if (is("airplane mode")) add("Airplane mode", "airplane mode");
  if (is("sim card missing")) add("No SIM card", "sim card missing");
  else if (fields.has("sim card status") && value("sim card status") !== "active") {
    add(`SIM ${value("sim card status").replaceAll("_", " ")}`, "sim card status");
  }
  const technology = value("network technology connected");
  if (signal.value === "none" || value("network connection status") === "no_service") {
    add("No service", signal.name, "network connection status", "airplane mode");
  } else {
    add(`Signal ${signal.value}`, signal.name);
    if (technology && technology !== "none") add(technology, "network technology connected");
    if (fields.has("data enabled")) {
      add(is("data enabled") ? "Mobile data on" : "Mobile data off", "data enabled");
    }
  }
  if (is("wifi connected")) add("Wi-Fi", "wifi connected");
  if (is("vpn connected")) add("VPN", "vpn connected");
  if (is("data saver mode")) add("Data saver", "data saver mode");
  if (fields.has("battery level")) add(`Battery ${value("battery level")} %`, "battery level");
  return signs;
}
