// An agent from outside through the second door: it answers at an address, in the JSON protocol that
// docs/outside-agents.md describes. It keeps nothing between two requests: all that was said comes along.
//
//     node http-agent.mjs [--lazy]
//
// It prints its address as the first line.
import { createServer } from "node:http";
import { next, remember, requests } from "./roaming.mjs";

const lazy = process.argv.includes("--lazy");

function answer({ protocol, messages }) {
  if (protocol !== "tautrait-agent/1") throw new Error(`unknown protocol ${protocol}`);
  const so_far = { heard: [], answers: {}, asked: [] };
  const calls = new Map();
  for (const message of messages) {
    for (const call of message.tool_calls ?? []) calls.set(call.id, call);
    if (message.role === "customer") so_far.heard.push(message.text);
    if (message.role === "agent") so_far.asked.push(...requests(message.text ?? ""));
    if (message.role === "tool") {
      const given = calls.get(message.tool_call_id)?.arguments ?? {};
      remember(so_far.answers, message.name, given, message.text);
    }
  }
  const step = next(so_far, lazy);
  if (step.text) return { text: step.text, cost_usd: 0 };
  return { tool_calls: [{ id: `call-${messages.length}`, ...step.call }], cost_usd: 0 };
}

const server = createServer(async (request, response) => {
  let status = 200;
  let body;
  try {
    let text = "";
    for await (const part of request) text += part;
    body = answer(JSON.parse(text));
  } catch (error) {
    [status, body] = [500, { error: String(error) }];
  }
  response.writeHead(status, { "content-type": "application/json" });
  response.end(JSON.stringify(body));
});
server.listen(0, "127.0.0.1", () => {
  console.log(`http://127.0.0.1:${server.address().port}/agent`);
});
