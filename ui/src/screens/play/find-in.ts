// Finds a text within a page that is shown already, and marks it there.

/** Marks every occurrence within the element and gives the marks in order; earlier ones go. */
export function markAll(root: HTMLElement, wanted: string): HTMLElement[] {
  for (const mark of root.querySelectorAll("mark")) mark.replaceWith(...mark.childNodes);
  root.normalize();
  const text = wanted.trim().toLowerCase();
  if (text === "") return [];
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  const nodes: Text[] = [];
  while (walker.nextNode()) nodes.push(walker.currentNode as Text);
  return nodes.flatMap((node) => marksIn(node, text));
}

function marksIn(node: Text, text: string): HTMLElement[] {
  const marks: HTMLElement[] = [];
  let rest = node;
  for (;;) {
    const at = rest.data.toLowerCase().indexOf(text);
    if (at < 0) return marks;
    const hit = rest.splitText(at);
    rest = hit.splitText(text.length);
    const mark = document.createElement("mark");
    hit.replaceWith(mark);
    mark.append(hit);
    marks.push(mark);
  }
}
