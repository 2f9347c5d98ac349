// Policies are Markdown. Raw HTML in them is shown as text, links and pictures are not made.

import MarkdownIt from "markdown-it";

const reader = new MarkdownIt({ html: false, linkify: false, breaks: false });

/** The text as HTML, to be shown by `showText` alone. */
export function markdownToHtml(text: string): string {
  return reader.render(text);
}
