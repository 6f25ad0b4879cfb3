package dev.vernier.autoencoder;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.nd4j.autodiff.samediff.SDVariable;

/**
 * The loss under construction: the sum of weighted terms, each reported under its name, and
 * variables that upkeep wants to see.
 */
public final class Objective {
  private final Map<String, SDVariable> terms = new LinkedHashMap<>();
  private final List<SDVariable> observed = new ArrayList<>();
  private SDVariable total;

  /**
   * Adds a term.
   *
   * @param name what logs call it; reported without its weight
   * @param term a scalar
   */
  public void add(String name, SDVariable term, double weight) {
    terms.put(name, term);
    SDVariable weighted = weight == 1 ? term : term.mul(weight);
    total = total == null ? weighted : total.add(weighted);
  }

  /** Adds all terms and observed variables of another objective. */
  void addAll(Objective other) {
    terms.putAll(other.terms);
    observed.addAll(other.observed);
    total = other.total == null ? total : total.add(other.total);
  }

  /** Keeps a variable's value readable after each step. */
  public void observe(SDVariable variable) {
    observed.add(variable);
  }

  /** The weighted sum, a scalar; null before there is a term. */
  public SDVariable total() {
    return total;
  }

  /** The terms by name, without their weights. */
  public Map<String, SDVariable> terms() {
    return Collections.unmodifiableMap(terms);
  }

  /** Every term and every observed variable. */
  public SDVariable[] outputs() {
    List<SDVariable> outputs = new ArrayList<>(terms.values());
    outputs.addAll(observed);
    return outputs.toArray(SDVariable[]::new);
  }
}
