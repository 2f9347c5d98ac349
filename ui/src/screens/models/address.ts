// Addresses of providers, with `{...}` where a person fills in something of their own.

/** The blanks of an address, each once, in order: `{region}` gives `region`. */
export function blanks(address: string): string[] {
  return [...new Set([...address.matchAll(/\{([^{}]+)\}/g)].map(([, name]) => name!))];
}

/** The address with what was filled in; blanks that are still empty stay. */
export function filled(address: string, values: Record<string, string>): string {
  return address.replaceAll(
    /\{([^{}]+)\}/g,
    (blank, name: string) => values[name]?.trim() || blank,
  );
}

/** A blank's name as a label: `api_version` gives `Api version`. */
export function blankLabel(name: string): string {
  const words = name.replaceAll(/[_-]+/g, " ").trim();
  return words.charAt(0).toUpperCase() + words.slice(1);
}
