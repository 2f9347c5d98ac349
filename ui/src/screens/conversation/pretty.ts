// Tool results are data on one line; a person reads them indented. Only white space is added:
// numbers and texts stay letter for letter what the agent saw.

/** Indents structured data; any other text stays as it is. */
export function pretty(text: string): string {
  const first = text.trimStart()[0];
  if (first !== "{" && first !== "[") return text;
  try {
    JSON.parse(text);
  } catch {
    return text;
  }
  const parts = text.match(/"(?:[^"\\]|\\.)*"|[{}[\],:]|[^\s"{}[\],:]+/g) ?? [];
  let depth = 0;
  let out = "";
  const line = () => `\n${"  ".repeat(depth)}`;
  parts.forEach((part, index) => {
    if (part === "{" || part === "[") {
      depth += 1;
      const empty = parts[index + 1] === "}" || parts[index + 1] === "]";
      out += empty ? part : part + line();
    } else if (part === "}" || part === "]") {
      depth -= 1;
      const empty = parts[index - 1] === "{" || parts[index - 1] === "[";
      out += empty ? part : line() + part;
    } else if (part === ",") out += part + line();
    else if (part === ":") out += ": ";
    else out += part;
  });
  return out;
}
