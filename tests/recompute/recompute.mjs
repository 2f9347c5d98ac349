// Computes the figures of a report again, from conversations alone and without the app:
//
//   node recompute.mjs FOLDER
//
// FOLDER holds what the app saved (success.csv, turns.csv, tool_calls.csv, pass_k.csv, flips.csv,
// report.html) and the conversations: conversations.jsonl, or trajectories.json in the published format
// of tau-trait, which the app did not write. Prints how many figures were compared; every difference is
// a line on standard error and makes the exit status 1.
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { mean, paired, passK, verdict, wilson } from "./statistics.mjs";

const folder = process.argv[2];
const read = (name) => readFileSync(join(folder, name), "utf8");
const MARGIN = 0.05;
const FEWEST = 10;

/** Every conversation: task, condition, attempt, whether it passed (null: no score), its effort. */
function conversations() {
  if (existsSync(join(folder, "trajectories.json"))) {
    return JSON.parse(read("trajectories.json")).map((each) => ({
      task: String(each.task_id),
      condition: only(),
      passed: Math.abs(each.reward - 1) < 1e-6,
      ...effort(each.traj),
    }));
  }
  return read("conversations.jsonl")
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line))
    .map((each) => ({
      task: each.task.id,
      condition: each.condition.id,
      passed: each.outcome === "passed" ? true : each.outcome === "failed" ? false : null,
      ...effort(each.messages),
    }));
}

/** The one condition of published conversations, which does not stand in them but in their file's name. */
function only() {
  return table("success.csv")[0].Id;
}

/** What one side said to the other, which a call of a tool is not; and the calls that the agent made. */
function effort(messages) {
  const sides = messages.filter((each) => each.role === "user" || each.role === "assistant");
  const calls = sides.map((each) => (each.tool_calls ?? []).length);
  return {
    turns: calls.filter((count) => count === 0).length,
    tool_calls: calls.reduce((sum, count) => sum + count, 0),
  };
}

/** The rows of a saved table, by the names of its columns. */
function table(name) {
  const lines = read(name).trim().split("\r\n").map(cells);
  return lines.slice(1).map((line) => Object.fromEntries(lines[0].map((key, i) => [key, line[i]])));
}

function cells(line) {
  const found = [];
  const pattern = /("(?:[^"]|"")*"|[^,]*)(?:,|$)/gy;
  while (pattern.lastIndex < line.length) {
    const [, cell] = pattern.exec(line);
    found.push(cell.startsWith('"') ? cell.slice(1, -1).replaceAll('""', '"') : cell);
  }
  if (line.endsWith(",")) found.push("");
  return found;
}

let compared = 0;
const differences = [];

/** A figure of the app against ours; the app writes `places` decimals. */
function same(where, shown, ours, places = 2) {
  compared += 1;
  if (ours === null) {
    if (shown !== "") differences.push(`${where}: the app says ${shown}, there is nothing to say`);
  } else if (shown === "" || Math.abs(Number(shown) - ours) > 0.51 * 10 ** -places) {
    differences.push(`${where}: the app says ${shown}, computed again it is ${ours}`);
  }
}

function word(where, shown, ours) {
  compared += 1;
  if (shown !== ours) differences.push(`${where}: the app says “${shown}”, it is “${ours}”`);
}

const all = conversations();
const ids = [...new Set(all.map((each) => each.condition))];
/** Whether nothing is compared with this condition: it is the baseline, or there is none. */
const stands = (id) => id === "baseline" || !ids.includes("baseline");

/** Of a condition: scored conversations by task. */
function tasks(condition, has = (each) => each.passed !== null) {
  const by = new Map();
  for (const each of all.filter((one) => one.condition === condition && has(one))) {
    by.set(each.task, [...(by.get(each.task) ?? []), each]);
  }
  return by;
}

/** The figures of each task that both conditions have, in the same order. */
function shared(condition, figure) {
  const [before, after] = [tasks("baseline"), tasks(condition)];
  const names = [...before.keys()].filter((name) => after.has(name));
  const of = (side) => names.map((name) => mean(side.get(name).map(figure)));
  const attempts = [before, after].map((side) => names.flatMap((name) => side.get(name)).length);
  return { names, before: of(before), after: of(after), attempts };
}

const won = (each) => (each.passed ? 1 : 0);

function success() {
  for (const row of table("success.csv")) {
    const id = row.Id;
    const mine = all.filter((each) => each.condition === id);
    const scored = mine.filter((each) => each.passed !== null);
    same(`${id}: planned`, row["Conversations planned"], mine.length, 0);
    same(`${id}: scored`, row["Conversations scored"], scored.length, 0);
    same(`${id}: succeeded`, row["Conversations succeeded"], scored.filter(won).length, 0);
    if (stands(id)) {
      const rates = [...tasks(id).values()].map((one) => mean(one.map(won)));
      same(`${id}: success`, row["Success (%)"], mean(rates) * 100);
      continue;
    }
    const { names, before, after, attempts } = shared(id, won);
    same(`${id}: tasks`, row["Tasks compared"], names.length, 0);
    same(`${id}: without traits`, row["Success without traits (%)"], mean(before) * 100);
    same(`${id}: success`, row["Success (%)"], mean(after) * 100);
    const found = paired(before, after, attempts);
    const few = names.length < FEWEST;
    same(`${id}: change`, row["Change (points)"], found.difference * 100);
    same(`${id}: from`, row["95 % CI low (points)"], few ? null : found.low * 100);
    same(`${id}: to`, row["95 % CI high (points)"], few ? null : found.high * 100);
    word(`${id}: verdict`, row.Verdict, few ? "cannot tell" : verdict(found.low, found.high, MARGIN));
  }
}

function effortOf(name, unit) {
  for (const row of table(`${name}.csv`)) {
    if (stands(row.Id)) {
      const each = [...tasks(row.Id).values()].map((one) => mean(one.map((c) => c[name])));
      same(`${name}, ${row.Id}`, row[`${unit} per conversation`], mean(each));
      continue;
    }
    const { before, after, attempts } = shared(row.Id, (each) => each[name]);
    const found = paired(before, after, attempts);
    same(`${name}, ${row.Id}: before`, row[`${unit} without traits`], mean(before));
    same(`${name}, ${row.Id}: after`, row[`${unit} per conversation`], mean(after));
    same(`${name}, ${row.Id}: change`, row[`Change (${unit.toLowerCase()})`], found.difference);
  }
}

function chances() {
  for (const row of table("pass_k.csv")) {
    const id = row["Condition (id)"];
    const k = Number(row["Attempts that must all succeed (k)"]);
    const of = (side) =>
      new Map(
        [...tasks(side)]
          .map(([name, one]) => [name, passK(one.filter(won).length, one.length, k), one.length])
          .filter(([, chance]) => chance !== null)
          .map(([name, chance, attempts]) => [name, { chance, attempts }]),
      );
    const mine = of(id);
    const values = [...mine.values()].map((each) => each.chance);
    const attempts = [...mine.values()].reduce((sum, each) => sum + each.attempts, 0);
    const own = values.length < FEWEST ? [null, null] : wilson(values, attempts);
    const percent = (value) => (value === null ? null : value * 100);
    same(`${id}, k = ${k}`, row["Chance (%)"], mean(values) * 100);
    same(`${id}, k = ${k}: from`, row["Chance, 95 % CI from (%)"], percent(own[0]));
    same(`${id}, k = ${k}: to`, row["Chance, 95 % CI to (%)"], percent(own[1]));
    same(`${id}, k = ${k}: tasks`, row["Tasks with k scored attempts"], values.length, 0);
    if (stands(id)) continue;
    const baseline = of("baseline");
    const names = [...baseline.keys()].filter((name) => mine.has(name));
    const before = names.map((name) => baseline.get(name).chance);
    const after = names.map((name) => mine.get(name).chance);
    const found = paired(before, after, [names.length, names.length]);
    same(`${id}, k = ${k}: change`, row["Change (points)"], found.difference * 100);
  }
}

function flips() {
  for (const row of table("flips.csv")) {
    const of = (condition) => mean(tasks(condition).get(row.Task).map(won)) * 100;
    same(`${row.Id}, task ${row.Task}`, row["Success (%)"], of(row.Id));
    same(`${row.Id}, task ${row.Task}: without`, row["Success without traits (%)"], of("baseline"));
  }
}

/** The sentences of a run with one condition, word by word in the report. */
function alone() {
  const by = tasks(ids[0]);
  const rates = [...by.values()].map((one) => mean(one.map(won)));
  const scored = all.filter((each) => each.passed !== null).length;
  const [low, high] = wilson(rates, scored).map((end) => Math.round(end * 100));
  const rate = Math.round(mean(rates) * 100);
  const name = table("success.csv")[0].Condition;
  const each = (figure) => mean([...by.values()].map((one) => mean(one.map(figure)))).toFixed(1);
  const failed = scored - all.filter((one) => one.passed).length;
  const report = read("report.html");
  for (const sentence of [
    `Under “${name}” the agent succeeded in ${rate} % of conversations (95 % CI ${low} to ${high}; ${scored} conversations scored).`,
    `Of ${scored} scored conversations ${failed} failed`,
    `A conversation took ${each((one) => one.turns)} turns on average (${scored} conversations).`,
    `A conversation took ${each((one) => one.tool_calls)} tool calls on average (${scored} conversations).`,
  ]) {
    compared += 1;
    if (!report.includes(sentence)) differences.push(`the report does not say: ${sentence}`);
  }
}

success();
effortOf("turns", "Turns");
effortOf("tool_calls", "Tool calls");
if (existsSync(join(folder, "pass_k.csv"))) chances();
if (ids.length > 1) flips();
else alone();

for (const line of differences) console.error(line);
console.log(JSON.stringify({ conversations: all.length, conditions: ids.length, compared, differences: differences.length }));
process.exitCode = differences.length > 0 || compared === 0 ? 1 : 0;
