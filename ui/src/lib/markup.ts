// The only place where markup that this code did not write becomes part of the page. Everything
// passes the sanitiser; `{@html}` is used nowhere (cargo xtask tidy).

import DOMPurify, { type Config } from "dompurify";
import type { Attachment } from "svelte/attachments";

/** Charts come from Rust and carry names that people typed: no scripts, links, references. */
const drawings: Config = {
  USE_PROFILES: { svg: true },
  FORBID_TAGS: ["a", "image", "use", "style", "foreignObject", "filter", "animate", "set"],
  FORBID_ATTR: ["href", "xlink:href"],
};

/** Policies come from domain packs, some of them imported: text and structure alone. */
const texts: Config = {
  ALLOWED_TAGS: [
    ...["h1", "h2", "h3", "h4", "h5", "h6", "p", "ul", "ol", "li", "strong", "em", "code", "pre"],
    ...["blockquote", "hr", "br", "table", "thead", "tbody", "tr", "th", "td", "s"],
  ],
  ALLOWED_ATTR: [],
};

/** Shows a drawing in the element it is attached to, with the window's own font. */
export function showDrawing(svg: string): Attachment {
  return show(svg, drawings);
}

/** Shows HTML made from Markdown in the element it is attached to. */
export function showText(html: string): Attachment {
  return show(html, texts);
}

function show(markup: string, rules: Config): Attachment {
  return (element) => {
    element.replaceChildren(DOMPurify.sanitize(markup, { ...rules, RETURN_DOM_FRAGMENT: true }));
  };
}
