// A small agent for one kind of trouble: a customer abroad whose internet does not work because roaming is
// off, for the line and on the phone. It is no model; it shows what an agent from outside has to do.
//
// `next` is given what was said and done so far and gives the next thing to do: {text} or {call}.
// A lazy agent does its own part and forgets the customer's.

/** What the customer of the practice models takes for the end of the agent's work. */
const CLOSING = "Is there anything else I can help you with?";

/**
 * @param {{heard: string[], answers: Record<string, any>, asked: string[]}} so_far
 *   what the customer said, what tools answered by name, what the agent has asked the customer for
 * @param {boolean} lazy
 */
export function next({ heard, answers, asked }, lazy) {
  const customer = answers.get_customer_by_phone;
  if (!customer) {
    const phone = heard.join(" ").match(/\d{3}-\d{3}-\d{4}/)?.[0] ?? "907-555-0146";
    return { call: { name: "get_customer_by_phone", arguments: { phone_number: phone } } };
  }
  const { customer_id, line_ids } = customer;
  const line = line_ids.find((id) => answers[id]?.phone_number === customer.phone_number);
  if (!line) {
    const unknown = line_ids.find((id) => !answers[id]);
    return { call: { name: "get_details_by_id", arguments: { id: unknown } } };
  }
  if (!answers.enable_roaming) {
    return { call: { name: "enable_roaming", arguments: { customer_id, line_id: line } } };
  }
  if (!lazy && !asked.includes("toggle_roaming")) {
    return { text: "Please switch roaming on in your phone [toggle_roaming]." };
  }
  return { text: `Your line may roam now. ${CLOSING}` };
}

/** An answer of a tool, read; under its record's id where it has one. */
export function remember(answers, name, given, text) {
  let value = text;
  try {
    value = JSON.parse(text);
  } catch {
    // Some tools answer in words.
  }
  answers[name === "get_details_by_id" ? given.id : name] = value;
}

/** The tools in brackets that a text asks the customer to use. */
export const requests = (text) => [...text.matchAll(/\[(\w+)\]/g)].map(([, name]) => name);
