// Axiom's own language service, a fork of Kusto's translated to JavaScript: what it makes of a query.

import { createRequire } from "node:module";
import { dirname, join } from "node:path";

const load = createRequire(import.meta.url);
const folder = dirname(load.resolve("@axiomhq/language-service-next"));
load(join(folder, "bridge.min.js"));
load(join(folder, "Kusto.Language.Bridge.min.js"));
const { KustoCode, GlobalState, Symbols } = globalThis.Kusto.Language;

/**
 * Its diagnostics that need no name and no type: missing and unexpected text (KS001 to KS006, KS198), the order in
 * the pattern of `parse` (KS100 to KS104), names of types (KS160), operators out of place (KS174 to KS177),
 * conditions of a join (KS182, KS183).
 */
const READING = /^KS(00[1-6]|10[0-4]|160|17[4-7]|18[23]|198)$/;

/** A reader of queries over one dataset, `traces`, whose columns are `[name, type]`. */
export function service(columns) {
  const schema = columns.map(([name, type]) => `['${name}']:${type}`).join(", ");
  const table = new Symbols.TableSymbol.$ctor6("traces", `(${schema})`);
  const database = new Symbols.DatabaseSymbol.$ctor1("datasets", [table], false);
  const globals = GlobalState.Default.WithDatabase(database);
  /** Whether it reads the query, whether it refuses it for any reason, the mistakes, and the names of the fields of the answer if it knows them. */
  return (text) => {
    const code = KustoCode.ParseAndAnalyze(text, globals);
    const found = listed(code.GetDiagnostics());
    const isRefused = found.some((diagnostic) => diagnostic.Severity === "Error");
    const mistakes = found
      .filter((diagnostic) => READING.test(diagnostic.Code))
      .map((diagnostic) => `${diagnostic.Code} ${diagnostic.Message}`);
    const fields = code.ResultType?.Columns;
    const names = fields ? listed(fields).map((field) => field.Name) : null;
    return { reads: mistakes.length === 0, isRefused, mistakes, names };
  };
}

function listed(list) {
  return Array.from({ length: list.Count }, (_, place) => list.getItem(place));
}
