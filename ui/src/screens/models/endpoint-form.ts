// Filling in a place where models are reached.

import type { Endpoint, EndpointDraft, EndpointKind } from "$lib/api/generated";

export const kinds: { value: EndpointKind; label: string; note: string }[] = [
  {
    value: "openai_compatible",
    label: "Language models (OpenAI-compatible)",
    note: "For agents and customers: most services and local servers",
  },
  {
    value: "steer",
    label: "Steered customers",
    note: "A service that sets traits inside the model",
  },
];

/** Model names, one per line or between commas, each once. */
export function modelNames(text: string): string[] {
  const names = text.split(/[\n,]/).map((name) => name.trim());
  return [...new Set(names.filter(Boolean))];
}

/** The form's content for an endpoint, or for a new one. */
export function draftOf(endpoint: Endpoint | null): EndpointDraft {
  return {
    id: endpoint?.id ?? "",
    name: endpoint?.name ?? "",
    kind: endpoint?.kind ?? "openai_compatible",
    base_url: endpoint?.base_url ?? "",
    models: endpoint?.models ?? [],
    provider: endpoint?.provider ?? "",
  };
}

/** What keeps the form from being saved; empty when it can be. */
export function addressProblem(address: string): string {
  if (!address.trim()) return "Enter the address of the service.";
  let url: URL;
  try {
    url = new URL(address.trim());
  } catch {
    return "This is no address. It begins with https:// (or http:// on this computer).";
  }
  return url.protocol === "https:" || url.protocol === "http:"
    ? ""
    : "The address begins with https:// or http://.";
}
