// Runs a rubric of the C2PA conformance programme: json-formula over what the engine says of a file (crJSON).
import { readFileSync } from "node:fs";
import JsonFormula from "@adobe/json-formula";
import { loadAll } from "js-yaml";

const [head, ...documents] = loadAll(readFileSync(new URL("rubric.yml", import.meta.url), "utf8"));
const statements = documents.flat().filter((statement) => statement.expression);
const variables = { ...head.variables, $expected_spec_version: "2.4" };

const ANY = 1; // json-formula's number for a parameter of any type
const arity = (body) => Math.max(0, ...[...body.matchAll(/\$args\[(\d+)\]/g)].map((match) => Number(match[1]) + 1));

const functions = {};
for (const [name, body] of Object.entries(head.expressions)) {
  functions[name] = {
    _func: (given, data) => search(body, data, given),
    _signature: Array.from({ length: arity(body) }, () => ({ types: [ANY] })),
  };
}

const search = (expression, data, given = []) =>
  new JsonFormula(functions).search(expression.trim(), data, { ...variables, $args: given });

const passes = (statement, value) => {
  if (statement.failIfMatched || statement.warnIfMatched) return !(Array.isArray(value) && value.length > 0);
  return Array.isArray(value) ? value.length > 0 : typeof value === "number" ? value > 0 : Boolean(value);
};

/** How many statements there are, and which of them a file does not pass. */
export const rubric = (crJson) => ({
  statements: statements.length,
  failed: statements.filter((statement) => !passes(statement, search(statement.expression, crJson))).map(({ id }) => id),
});
