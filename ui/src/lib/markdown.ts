// Policies are Markdown from domain packs, some of them imported: shown without raw HTML,
// links or pictures, and sanitised once more before they reach the page.

import DOMPurify from "dompurify";
import MarkdownIt from "markdown-it";

const reader = new MarkdownIt({ html: false, linkify: false, breaks: false });

const allowed = [
  ...["h1", "h2", "h3", "h4", "h5", "h6", "p", "ul", "ol", "li", "strong", "em", "code", "pre"],
  ...["blockquote", "hr", "br", "table", "thead", "tbody", "tr", "th", "td", "s"],
];

/** The text as HTML that holds only text and structure. */
export function markdownToHtml(text: string): string {
  return DOMPurify.sanitize(reader.render(text), { ALLOWED_TAGS: allowed, ALLOWED_ATTR: [] });
}
