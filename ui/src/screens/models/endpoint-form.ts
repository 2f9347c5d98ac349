// Filling in a place where models are reached.

import type { Endpoint, EndpointDraft, EndpointKind, ProviderInfo } from "$lib/api/generated";
import { blanks } from "./address";

/** Where a new connection starts: a provider that the app knows, or an address typed by hand. */
export type Start = ProviderInfo | "address" | "steer";

export const kindWord: Record<EndpointKind, string> = {
  practice: "practice, not a real model",
  openai_compatible: "OpenAI-compatible",
  azure_openai: "Azure OpenAI",
  anthropic: "Anthropic",
  gemini: "Google Gemini",
  bedrock: "Amazon Bedrock",
  vertex: "Google Vertex AI",
  steer: "Steered customers",
  outside_agent: "Your own agent",
};

/** Model names, one per line or between commas, each once. */
export function modelNames(text: string): string[] {
  const names = text.split(/[\n,]/).map((name) => name.trim());
  return [...new Set(names.filter(Boolean))];
}

/** The form's content for an endpoint. */
export function draftOf(endpoint: Endpoint): EndpointDraft {
  const { id, name, kind, base_url, models, provider } = endpoint;
  return { id, name, kind, base_url, models, provider };
}

/** The form's content for a new one. */
export function newDraft(start: Start): EndpointDraft {
  if (typeof start === "string") {
    const kind = start === "steer" ? "steer" : "openai_compatible";
    return { id: "", name: "", kind, base_url: "", models: [], provider: "" };
  }
  const { id, name, kind, base_url, recommended } = start;
  return { id: "", name, kind, base_url, models: [...recommended], provider: id };
}

/** What keeps the form from being saved; empty when it can be. */
export function addressProblem(address: string): string {
  if (!address.trim()) return "Enter the address of the service.";
  const [blank] = blanks(address);
  if (blank) return `Replace {${blank}} by your own.`;
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

/** Providers whose name, note or models hold the text. */
export function findProviders(providers: ProviderInfo[], text: string): ProviderInfo[] {
  const wanted = text.trim().toLowerCase();
  return providers.filter(({ name, id, note, recommended }) =>
    [name, id, note, ...recommended].join(" ").toLowerCase().includes(wanted),
  );
}
