// Charts come from Rust as SVG and carry names that people typed. They are shown inline, so that
// they use the window's font, and sanitised first.

import DOMPurify from "dompurify";

/** The drawing without scripts, links, styles or references to other files. */
export function safeSvg(svg: string): string {
  return DOMPurify.sanitize(svg, {
    USE_PROFILES: { svg: true },
    FORBID_TAGS: ["a", "image", "use", "style", "foreignObject", "filter", "animate", "set"],
    FORBID_ATTR: ["href", "xlink:href"],
  });
}
