// Compares what we make of each query of the corpora with what Axiom's language service makes of it: whether it can
// be read, and what the fields of the answer are called. `node compare.mjs <agreement.json>`, which the test
// `agreement` of crates/apl writes. A difference without its reason in differences.json is an error, and so is a
// reason without a difference.

import { readFileSync } from "node:fs";
import { service } from "./service.mjs";

/** Of the queries that Axiom's language has, those of which both must make the same. */
const SHARE_MIN = 0.99;

const ours = JSON.parse(readFileSync(process.argv[2], "utf8"));
const reasons = JSON.parse(readFileSync(new URL("differences.json", import.meta.url), "utf8"));
const read = service(ours.columns);

/** After the word of an operator that has options it takes `kind`, a field of spans, for the option `kind=`. */
const spelled = (text) => text.replace(/\b(where|distinct)(\s+)kind\b/g, "$1$2['kind']");

/** Queries of which both sides know the names of the answer's fields. */
let named = 0;
const differences = ours.queries.map(compared).filter((found) => found !== null);
const unexplained = [];
const counts = new Map(reasons.map((reason) => [reason, 0]));
for (const found of differences) {
  const reason = reasons.find((it) => it.in === found.in && new RegExp(it.query, "s").test(found.text));
  if (reason) {
    counts.set(reason, counts.get(reason) + 1);
  } else {
    unexplained.push(found);
  }
}
for (const found of unexplained) {
  console.log(`\nno reason for a difference in ${found.in}, ${found.file}:\n${found.text}\n  ours:  ${found.ours}\n  Axiom: ${found.theirs}`);
}
const all = ours.queries.length;
const of = (whose) => reasons.filter((it) => it.of === whose).reduce((sum, it) => sum + counts.get(it), 0);
console.log(`\n${all} queries, ${all - differences.length} of which both make the same; the differences:`);
let wrong = 0;
for (const [reason, count] of counts) {
  const is = count === reason.queries ? "" : `  EXPECTED ${reason.queries}`;
  wrong += is ? 1 : 0;
  console.log(`${String(count).padStart(5)}  ${reason.in.padEnd(7)} ${reason.of.padEnd(8)} ${reason.why}${is}`);
}
const language = all - of("service") - of("beyond") - of("later");
const share = (language - of("choice") - unexplained.length) / language;
console.log(`\nof the ${language} queries that Axiom documents and its service knows: ${(100 * share).toFixed(2)} % the same`);
console.log(`the names of the answer's fields were compared in ${named}, in the others whether they can be read`);
console.log(`of all ${all}: ${((100 * (all - differences.length)) / all).toFixed(2)} %`);
if (unexplained.length > 0 || wrong > 0 || share < SHARE_MIN) {
  console.error(`\nwanted: a reason for each difference, a difference for each reason, and ${100 * SHARE_MIN} %`);
  process.exit(1);
}

/** What differs between the two, or null. */
function compared(query) {
  const theirs = read(spelled(query.text));
  const { file, text } = query;
  // Where reading ends and meaning begins is not the same on both sides; refused is refused.
  const isRefused = query.names === null && theirs.isRefused;
  if (query.reads !== theirs.reads && !isRefused) {
    const said = theirs.mistakes.slice(0, 2).join("; ");
    return { in: "reading", file, text, ours: query.reads ? "can be read" : "cannot", theirs: said || "can be read" };
  }
  // Names can be compared if both know the fields.
  if (!query.reads || !query.names || !theirs.names) {
    return null;
  }
  named += 1;
  const [here, there] = [query.names.join(", "), theirs.names.join(", ")];
  return here === there ? null : { in: "names", file, text, ours: here.slice(0, 300), theirs: there.slice(0, 300) };
}
