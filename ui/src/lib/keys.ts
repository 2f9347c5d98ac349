// Keys of the whole window, listed by `?`.

/** Whether the person is writing, so that single letters are not commands. */
export function isTyping(event: KeyboardEvent): boolean {
  const target = event.target;
  if (!(target instanceof HTMLElement)) return false;
  return target.matches(
    "input:not([type=range]):not([type=radio]), textarea, select, [contenteditable]",
  );
}

/** Whether a plain key was pressed outside of text, menus and dialogs. */
export function isCommand(event: KeyboardEvent): boolean {
  if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return false;
  if (isTyping(event)) return false;
  const target = event.target;
  return !(
    target instanceof HTMLElement && target.closest("[role=dialog], [role=menu], [role=listbox]")
  );
}

export const keyList: { keys: string[]; does: string }[] = [
  { keys: ["Ctrl", "K"], does: "Find a run, a domain, a trait or an action (Cmd K on a Mac)" },
  { keys: ["?"], does: "Show this list" },
  { keys: ["J"], does: "Next conversation" },
  { keys: ["K"], does: "Previous conversation" },
  { keys: ["B"], does: "The same task without traits" },
  { keys: ["↓", "↑"], does: "Next and previous turn, row or cell" },
  {
    keys: ["←", "→"],
    does: "In the grid and in charts: neighbouring cell or mark. On a slider: one level less or more",
  },
  { keys: ["X"], does: "Leave the task of a mark or a row out of the result, or take it back" },
  { keys: ["Enter"], does: "Open what is focused" },
  { keys: ["Shift", "Enter"], does: "When playing: a new line in a message; Enter alone sends it" },
  { keys: ["Esc"], does: "Close a dialog or menu" },
];
