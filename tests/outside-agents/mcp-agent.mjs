// An agent from outside through the first door: it starts `tautrait mcp` and plays over the Model Context
// Protocol on its standard input and output.
//
//     node mcp-agent.mjs [--lazy] -- tautrait mcp --domain mobile --task data.roam-both --user-llm practice
//
// It prints the grade as one line of JSON.
import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { next, remember, requests } from "./roaming.mjs";

const words = process.argv.slice(2);
const lazy = words[0] === "--lazy";
const [program, ...rest] = words.slice(words.indexOf("--") + 1);
const server = spawn(program, rest, { stdio: ["pipe", "pipe", "inherit"] });

const waiting = new Map();
createInterface({ input: server.stdout }).on("line", (line) => {
  const message = JSON.parse(line);
  waiting.get(message.id)?.(message);
  waiting.delete(message.id);
});
const send = (message) => server.stdin.write(`${JSON.stringify({ jsonrpc: "2.0", ...message })}\n`);
let number = 0;
async function ask(method, params) {
  const id = ++number;
  const answered = new Promise((resolve) => waiting.set(id, resolve));
  send({ id, method, params });
  const { result, error } = await answered;
  if (error) throw new Error(`${method}: ${error.message}`);
  return result;
}
async function call(name, given = {}) {
  const result = await ask("tools/call", { name, arguments: given });
  const texts = result.content.map(({ text }) => text);
  return { texts, failed: result.isError, structured: result.structuredContent };
}

const { serverInfo, instructions } = await ask("initialize", {
  protocolVersion: "2025-06-18",
  capabilities: {},
  clientInfo: { name: "roaming-agent", version: "1" },
});
send({ method: "notifications/initialized" });
const { tools } = await ask("tools/list", {});
const { resources } = await ask("resources/list", {});
const { contents } = await ask("resources/read", { uri: resources[0].uri });
if (!instructions.includes(contents[0].text)) throw new Error("the policy is told in two ways");
if (!tools.some(({ name }) => name === "enable_roaming")) throw new Error("a tool is missing");

// Too early: nobody has said anything. It costs nothing.
const early = await call("get_customer_by_phone", { phone_number: "907-555-0146" });
if (!early.failed) throw new Error("the conversation had not begun");

const so_far = { heard: (await call("begin_conversation")).texts, answers: {}, asked: [] };
let over = false;
while (!over) {
  const step = next(so_far, lazy);
  if (step.call) {
    const { texts } = await call(step.call.name, step.call.arguments);
    remember(so_far.answers, step.call.name, step.call.arguments, texts[0]);
  } else {
    so_far.asked.push(...requests(step.text));
    so_far.heard.push(...(await call("say_to_customer", { message: step.text })).texts);
  }
  over = (await call("read_grade")).structured.over;
}
const { structured: grade } = await call("read_grade");
console.log(JSON.stringify({ server: serverInfo.name, tools: tools.length, ...grade }));

server.stdin.end();
server.on("exit", (code) => process.exit(code ?? 1));
