package dev.vernier.engine.train;

import dev.vernier.engine.memory.Floats;
import dev.vernier.engine.memory.Owned;
import dev.vernier.engine.memory.Pass;
import dev.vernier.engine.program.Parameters;
import dev.vernier.spi.UsageException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The optimization of a model's parameters: after each run that leaves gradients, one step of Adam
 * at the schedule's learning rate, clipped by the global norm, and a moving average of the weights
 * where one is wanted. All of it is one pass over memory, after the one that finds the norm. Owns
 * moments and average; the parameters stay the caller's.
 */
public final class Optimization implements AutoCloseable {
  private static final String STEP = "step";

  private final Parameters parameters;
  private final Options options;
  private final String loss;
  private final GradientClipping clipping;
  private final Owned owned = new Owned();
  private final Adam adam;
  private final Optional<Ema> ema;
  private final List<Boolean> decays = new ArrayList<>();
  private final Pass pass;

  /**
   * An optimization before its first step.
   *
   * @param loss what is minimised, as a message begins: "the loss"
   */
  public Optimization(Parameters parameters, Options options, String loss) {
    this.parameters = parameters;
    this.options = options;
    this.loss = loss;
    this.clipping = new GradientClipping(parameters.gradients(), options.clip());
    try {
      this.adam = owned.add(new Adam(parameters, options.adam()));
      this.ema =
          options.emaDecay() == 0
              ? Optional.empty()
              : Optional.of(owned.add(new Ema(parameters, options.emaDecay())));
    } catch (RuntimeException | Error e) {
      owned.close();
      throw e;
    }
    List<INDArray> changed = new ArrayList<>();
    changed.add(parameters.values());
    changed.add(adam.firstMoments());
    changed.add(adam.secondMoments());
    ema.ifPresent(average -> changed.add(average.array()));
    this.pass = new Pass(List.of(parameters.gradients()), changed, ranges());
  }

  /** Lengths of the runs of parameters that decay alike, in the order of the flat arrays. */
  private List<Integer> ranges() {
    List<Integer> lengths = new ArrayList<>();
    for (String name : parameters.names()) {
      if (!parameters.isTrained(name)) {
        continue;
      }
      INDArray value = parameters.get(name);
      boolean decay = options.decayed().includes(name, value.shape());
      int last = lengths.size() - 1;
      if (last >= 0 && decays.get(last) == decay) {
        lengths.set(last, Math.toIntExact(lengths.get(last) + value.length()));
      } else {
        lengths.add(Math.toIntExact(value.length()));
        decays.add(decay);
      }
    }
    return lengths;
  }

  /**
   * Updates every parameter from its gradient.
   *
   * @param value of the loss whose gradients they are
   * @throws UsageException if it is not finite; the parameters stay as they are
   */
  public void step(double value) {
    if (!Double.isFinite(value)) {
      throw new UsageException(
          loss + " became " + value + " in step " + (steps() + 1) + ": " + options.remedy());
    }
    double rate = options.rates().at(adam.steps());
    double scale = clipping.scale();
    if (!Double.isFinite(scale) || scale == 0) {
      throw new UsageException(
          "the gradient of "
              + loss
              + " is not finite in step "
              + (steps() + 1)
              + ": "
              + options.remedy());
    }
    Adam.Step step = adam.next(rate, scale);
    Optional<Ema> behind = ema.filter(Ema::isBehind);
    pass.run(
        (stretch, floats) -> {
          int count = stretch.count();
          behind.ifPresent(average -> average.take(floats[1], floats[4], count));
          step.update(
              floats[1], floats[0], floats[2], floats[3], count, decays.get(stretch.range()));
        });
    ema.ifPresent(Ema::stepped);
  }

  /** How many steps there were. */
  public long steps() {
    return adam.steps();
  }

  /**
   * Begins the moving average, where there is one, again from the weights as they are: for weights
   * that were replaced and shall have no share in it.
   */
  public void restartAverage() {
    ema.ifPresent(Ema::restart);
  }

  /**
   * Sets rows of a parameter anew. Their moving average, where there is one, begins again from
   * them: what they were has no share in it.
   *
   * @param name of a parameter {@code [N, d]}
   * @param rows which of its rows
   * @param values of these one after the other, {@code [rows, d]}
   */
  public void replaceRows(String name, int[] rows, float[] values) {
    replaceRows(parameters.get(name), rows, values);
    ema.ifPresent(average -> replaceRows(parameters.view(average.array(), name), rows, values));
  }

  private static void replaceRows(INDArray matrix, int[] rows, float[] values) {
    Floats target = Floats.of(matrix);
    int length = values.length / rows.length;
    for (int i = 0; i < rows.length; i++) {
      target.write(rows[i] * length, values, i * length, length);
    }
  }

  /**
   * The values to go on with of a parameter: their moving average where there is one. They stay
   * this optimization's.
   */
  public INDArray result(String name) {
    return ema.map(average -> parameters.view(average.values(), name))
        .orElseGet(() -> parameters.get(name));
  }

  /** Moments and average, flat arrays by name; they stay this optimization's. */
  public Map<String, INDArray> arrays() {
    Map<String, INDArray> arrays = new LinkedHashMap<>();
    arrays.put("adam.first", adam.firstMoments());
    arrays.put("adam.second", adam.secondMoments());
    ema.ifPresent(average -> arrays.put("ema", average.values()));
    return Collections.unmodifiableMap(arrays);
  }

  /** Goes on after so many steps; parameters and arrays must have been set to what they were. */
  public void resumeAt(long steps) {
    adam.resumeAt(steps);
  }

  /**
   * Writes all it takes to go on to the same numbers.
   *
   * @param further arrays by name; flat
   */
  public void save(Path file, Map<String, INDArray> further) throws IOException {
    Checkpoint.write(file, parameters, with(further), Map.of(STEP, String.valueOf(steps())));
  }

  /**
   * Takes up what {@link #save} wrote.
   *
   * @param further arrays by name, written into
   * @throws UsageException if the file is damaged or belongs to another model
   */
  public void restore(Path file, Map<String, INDArray> further) throws IOException {
    Map<String, String> state = Checkpoint.read(file, parameters, with(further));
    resumeAt(Long.parseLong(state.getOrDefault(STEP, "0")));
  }

  private Map<String, INDArray> with(Map<String, INDArray> further) {
    Map<String, INDArray> all = new LinkedHashMap<>(arrays());
    all.putAll(further);
    return all;
  }

  @Override
  public void close() {
    owned.close();
  }

  /**
   * How to optimize.
   *
   * @param adam constants of the optimizer
   * @param decayed parameters that weight decay shrinks
   * @param rates learning rate of each step
   * @param clip largest gradient norm; 0 for no clipping
   * @param emaDecay of the moving average of weights, in [0, 1); 0 for none
   * @param remedy what can be done about a loss that is not finite, as a message ends
   */
  public record Options(
      Adam.Options adam,
      Decayed decayed,
      LearningRate rates,
      double clip,
      double emaDecay,
      String remedy) {}

  /** Which parameters weight decay shrinks. */
  @FunctionalInterface
  public interface Decayed {
    /** All of them. */
    Decayed ALL = (name, shape) -> true;

    /** Matrices and kernels, not biases and gains, as GPT-2 and its descendants are trained. */
    Decayed MATRICES = (name, shape) -> shape.length >= 2;

    /** Whether a parameter is among them. */
    boolean includes(String name, long[] shape);
  }
}
