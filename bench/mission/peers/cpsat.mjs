// Solves the program of a file, a CpModelProto in JSON, with CP-SAT on two
// workers, within so many seconds, and prints the answer as one line of JSON.
import { readFileSync } from "node:fs";
import { CpSat } from "or-tools-wasm/cp-sat";

const [file, seconds] = process.argv.slice(2);
const model = await CpSat.createModel(JSON.parse(readFileSync(file, "utf8")));
const { response } = await CpSat.solve(model, { maxTimeInSeconds: Number(seconds), numWorkers: 2 });
const solution = response?.solution ?? [];
const taken = [];
solution.forEach((value, i) => {
  if (Number(value) > 0) taken.push(i);
});
// A bound of 0 without a solution is none: the time went before the first one.
const bound = solution.length > 0 || response?.bestObjectiveBound ? response?.bestObjectiveBound : null;
console.log(JSON.stringify({
  optimal: response?.status === "OPTIMAL" || response?.status === 4,
  taken: solution.length > 0 ? taken : null,
  bound: bound ?? null,
}));
process.exit(0);
