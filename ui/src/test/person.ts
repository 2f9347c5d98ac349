// Whoever uses the page in a test.
import { waitFor } from "@testing-library/svelte";
import userEvent from "@testing-library/user-event";

const person = userEvent.setup();

/**
 * A dialog that closes takes the pointer for a moment longer. A person waits without noticing, and so
 * does this one; what can never be clicked still fails.
 */
export const user = {
  ...person,
  click: (element: Element) => waitFor(() => person.click(element)),
};
