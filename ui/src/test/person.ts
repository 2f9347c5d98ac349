// Whoever uses the page in a test.
import userEvent, { PointerEventsCheckLevel } from "@testing-library/user-event";

/**
 * A dialog that closes takes the pointer for a moment longer. A person waits without noticing; here it
 * would depend on how busy the machine is. Whether things can be clicked at all, the stories in the
 * browser and in the real window show.
 */
export const user = userEvent.setup({ pointerEventsCheck: PointerEventsCheckLevel.Never });
