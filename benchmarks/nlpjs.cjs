// The engine of nlp.js with its French package, over standard input and output; started by benchmarks/rivals.py.
// The first line is {"phrasings": [[text, intent], ...], "epochs": N}, every other one a question as a JSON string.
// Each is answered with one line: {"seconds"} of training, then {"intent", "score", "milliseconds"}, in CPU time.
"use strict";
const { createRequire } = require("node:module");
const path = require("node:path");
const readline = require("node:readline");

const load = createRequire(path.join(path.resolve(process.argv[2]), "anything.js"));
const { containerBootstrap } = load("@nlpjs/core");
const { Nlp } = load("@nlpjs/nlp");
const { LangFr } = load("@nlpjs/lang-fr");

const say = (found) => process.stdout.write(`${JSON.stringify(found)}\n`);
const spent = (since) => {
  const { user, system } = process.cpuUsage(since);
  return (user + system) / 1000;
};

async function trained({ phrasings, epochs }) {
  const container = await containerBootstrap();
  container.registerConfiguration("nlu-fr", { log: false, iterations: epochs }, true);
  container.use(Nlp);
  container.use(LangFr);
  const nlp = container.get("nlp");
  Object.assign(nlp.settings, { autoSave: false, autoLoad: false, threshold: 0, calculateSentiment: false });
  nlp.addLanguage("fr");
  for (const [text, intent] of phrasings) nlp.addDocument("fr", text, intent);
  await nlp.train();
  return nlp;
}

async function main() {
  let nlp;
  for await (const line of readline.createInterface({ input: process.stdin })) {
    const since = process.cpuUsage();
    if (nlp === undefined) {
      nlp = await trained(JSON.parse(line));
      say({ seconds: spent(since) / 1000 });
      continue;
    }
    const { intent, score } = await nlp.process("fr", JSON.parse(line));
    say({ intent, score, milliseconds: spent(since) });
  }
}

main();
