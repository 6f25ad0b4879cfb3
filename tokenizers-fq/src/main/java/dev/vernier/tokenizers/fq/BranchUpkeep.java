package dev.vernier.tokenizers.fq;

import dev.vernier.autoencoder.CodebookUpkeep;
import dev.vernier.engine.Execution;
import dev.vernier.engine.program.Parameters;
import dev.vernier.engine.train.Optimization;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The care of every branch's codebook.
 *
 * @param branches by name; closed with this
 */
record BranchUpkeep(Map<String, CodebookUpkeep> branches) implements CodebookUpkeep {
  @Override
  public boolean wantsMore() {
    return branches.values().stream().anyMatch(CodebookUpkeep::wantsMore);
  }

  @Override
  public List<SDVariable> seen() {
    return branches.values().stream().flatMap(each -> each.seen().stream()).toList();
  }

  @Override
  public void see(Execution execution) {
    branches.values().forEach(each -> each.see(execution));
  }

  @Override
  public boolean begin(Execution execution, Parameters parameters) {
    boolean changed = false;
    for (CodebookUpkeep each : branches.values()) {
      changed |= each.begin(execution, parameters);
    }
    return changed;
  }

  @Override
  public void afterStep(Execution execution, Optimization optimization) {
    branches.values().forEach(each -> each.afterStep(execution, optimization));
  }

  @Override
  public Map<String, INDArray> state() {
    Map<String, INDArray> state = new LinkedHashMap<>();
    branches.forEach(
        (branch, upkeep) ->
            upkeep.state().forEach((name, array) -> state.put(branch + "." + name, array)));
    return state;
  }

  @Override
  public void close() {
    branches.values().forEach(CodebookUpkeep::close);
  }
}
