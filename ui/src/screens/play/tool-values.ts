// What a person typed into a tool's form: what is wrong with it, and what goes to the tool.

import type { ToolField, ToolForm } from "$lib/api/generated";

/** Argument to text, as the form holds it. */
export type Values = Record<string, string>;

/** What has to be mended in a field; empty when nothing has. */
export function problemOf(field: ToolField, value: string): string {
  const text = value.trim();
  if (text === "") return field.required ? "This has to be filled in." : "";
  switch (field.kind) {
    case "number":
      return Number.isFinite(Number(text)) ? "" : "Write a number, such as 12.5.";
    case "whole":
      return /^[+-]?\d+$/.test(text) ? "" : "Write a whole number, such as 3.";
    case "yes_no":
      return text === "true" || text === "false" ? "" : "Choose yes or no.";
    case "choice":
      return field.choices.includes(text) ? "" : `Choose one of: ${field.choices.join(", ")}.`;
    case "json":
      return isJson(text) ? "" : "This is not well-formed. Check brackets, commas and quotes.";
    case "text":
    case "list":
      return "";
  }
}

/** What has to be mended in the whole form: argument to words. */
export function problemsOf(tool: ToolForm, values: Values): Values {
  return Object.fromEntries(
    tool.fields
      .map((field) => [field.name, problemOf(field, values[field.name] ?? "")] as const)
      .filter(([, problem]) => problem !== ""),
  );
}

/** What is filled in, tidied; what is left empty is left out. */
export function filled(tool: ToolForm, values: Values): Values {
  return Object.fromEntries(
    tool.fields.flatMap((field) => {
      const value = values[field.name] ?? "";
      if (value.trim() === "") return [];
      if (field.kind === "list") {
        const lines = value.split("\n").map((line) => line.trim());
        return [[field.name, lines.filter((line) => line !== "").join("\n")]];
      }
      return [[field.name, field.kind === "text" ? value : value.trim()]];
    }),
  );
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
