// Where the focus goes when a form cannot be sent.

import { tick } from "svelte";

/** Moves the focus to the first field that is wrong, once the page shows what is. */
export async function focusWrong(form: HTMLElement | undefined): Promise<void> {
  await tick();
  form?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
}
