// Solves the program of a file in LP format with HiGHS, within so many seconds,
// and prints the answer as one line of JSON. Columns of the program come first,
// in their order.
import { readFileSync } from "node:fs";
import load from "highs";

const [file, seconds] = process.argv.slice(2);
const highs = await load();
const answer = highs.withModel({ format: "lp", data: readFileSync(file, "utf8") }, (model) => {
  model.options.set({ output_flag: false, time_limit: Number(seconds), mip_rel_gap: 0, mip_abs_gap: 0.99 });
  model.run();
  const feasible = model.info.get("primal_solution_status") === 2;
  const taken = [];
  if (feasible) {
    model.getSolution().colValue.forEach((value, i) => {
      if (value > 0.5) taken.push(i);
    });
  }
  const bound = model.info.get("mip_dual_bound");
  return {
    optimal: model.getModelStatus() === highs.constants.modelStatus.optimal,
    taken: feasible ? taken : null,
    bound: Number.isFinite(bound) ? bound : null,
  };
});
console.log(JSON.stringify(answer));
