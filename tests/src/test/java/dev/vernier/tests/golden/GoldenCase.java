package dev.vernier.tests.golden;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.vernier.harness.images.NumpyArray;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.assertj.core.data.Offset;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** One case: its inputs, and what is expected; remembers what has been compared. */
public final class GoldenCase {
  private final Path folder;
  private final JsonNode json;
  private final Set<String> compared = new LinkedHashSet<>();

  private GoldenCase(Path folder, JsonNode json) {
    this.folder = folder;
    this.json = json;
  }

  static GoldenCase read(Path folder) throws IOException {
    return new GoldenCase(
        folder, new ObjectMapper().readTree(folder.resolve("case.json").toFile()));
  }

  /** The case's name. */
  public String name() {
    return json.get("case").asText();
  }

  /** The case's parameters. */
  public JsonNode parameters() {
    return json.get("params");
  }

  /** A parameter that is a number; the reference's default where the case does not say. */
  public double number(String name, double byDefault) {
    return parameters().path(name).asDouble(byDefault);
  }

  /** A parameter that is a whole number; the reference's default where the case does not say. */
  public int count(String name, int byDefault) {
    return parameters().path(name).asInt(byDefault);
  }

  /** A parameter that is a whole number and that the case must say. */
  public int count(String name) {
    assertThat(parameters().has(name)).as("%s: parameter %s", name(), name).isTrue();
    return parameters().get(name).asInt();
  }

  /**
   * A parameter that our code does not let anybody set: a case of another value is not ours to
   * compute, and says so by name instead of by numbers that differ.
   */
  public void fixed(String name, double ours) {
    assertThat(number(name, ours)).as("%s: parameter %s", name(), name).isEqualTo(ours);
  }

  /** A file of the case. */
  public Path file(String name) {
    return folder.resolve(name);
  }

  /** An input or output by name. */
  public NumpyArray array(String name) {
    JsonNode entry = json.get("inputs").has(name) ? json.get("inputs") : json.get("outputs");
    try {
      return NumpyArray.read(folder.resolve(entry.get(name).get("file").asText()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The same for the engine: a new array of its shape, which the caller closes. */
  public INDArray tensor(String name) {
    NumpyArray array = array(name);
    return Nd4j.createFromArray(array.floats()).reshape('c', array.shape());
  }

  /** Compares an output array. */
  public void expect(String output, double[] actual) {
    JsonNode entry = json.get("outputs").get(output);
    double[] expected = array(output).doubles();
    compare(output, actual, expected, entry);
  }

  /** Compares an output array. */
  public void expect(String output, float[] actual) {
    expect(output, doubles(actual));
  }

  /** Compares an output array of whole numbers. */
  public void expect(String output, int[] actual) {
    double[] values = new double[actual.length];
    for (int i = 0; i < actual.length; i++) {
      values[i] = actual[i];
    }
    expect(output, values);
  }

  /** Compares an output array of flags. */
  public void expect(String output, boolean[] actual) {
    double[] values = new double[actual.length];
    for (int i = 0; i < actual.length; i++) {
      values[i] = actual[i] ? 1 : 0;
    }
    expect(output, values);
  }

  /** Compares a scalar, or a list of them, with its double value where there is one. */
  public void expectScalar(String scalar, double... actual) {
    JsonNode entry = json.get("scalars").get(scalar);
    JsonNode value = entry.has("value_f64") ? entry.get("value_f64") : entry.get("value");
    double[] expected = new double[value.isArray() ? value.size() : 1];
    for (int i = 0; i < expected.length; i++) {
      expected[i] = value.isArray() ? value.get(i).asDouble() : value.asDouble();
    }
    compare(scalar, actual, expected, entry);
  }

  /** Compares the gradient of a parameter by its norm and a projection. */
  public void expectGradient(String parameter, float[] gradient) {
    compared.add(parameter);
    JsonNode entry = json.get("parameter_gradients").get("tensors").get(parameter);
    double square = 0;
    double projection = 0;
    for (int k = 0; k < gradient.length; k++) {
      square += (double) gradient[k] * gradient[k];
      projection += gradient[k] * Math.cos(k + 1);
    }
    double norm = entry.get("norm_f64").asDouble();
    // A gradient that is zero in exact arithmetic is compared with what float arithmetic leaves.
    double noise =
        10 * entry.get("max_abs_diff_f32_vs_f64").asDouble() * Math.sqrt(gradient.length);
    assertThat(Math.sqrt(square))
        .as("%s: norm of the gradient of %s", name(), parameter)
        .isCloseTo(norm, Offset.offset(Math.max(norm * entry.get("norm_rtol").asDouble(), noise)));
    assertThat(projection)
        .as("%s: projection of the gradient of %s", name(), parameter)
        .isCloseTo(
            entry.get("cosdot_f64").asDouble(),
            Offset.offset(Math.max(entry.get("cosdot_atol").asDouble(), noise)));
  }

  /** Names of the arrays that are expected. */
  public Iterable<String> outputs() {
    return () -> json.get("outputs").fieldNames();
  }

  /** Names of the parameters whose gradients are given. */
  public Iterable<String> gradients() {
    return () -> json.get("parameter_gradients").get("tensors").fieldNames();
  }

  /** Says that outputs, scalars or gradients are not ours to compute, and why. */
  public void leaveOut(String reason, String... names) {
    assertThat(reason).isNotBlank();
    compared.addAll(Set.of(names));
  }

  /** Fails if an output, scalar or gradient was neither compared nor left out for a reason. */
  void assertComplete() {
    Set<String> missing = new LinkedHashSet<>();
    for (String part : new String[] {"outputs", "scalars"}) {
      for (Map.Entry<String, JsonNode> each : json.get(part).properties()) {
        if (!each.getValue().path("informational").asBoolean()) {
          missing.add(each.getKey());
        }
      }
    }
    json.path("parameter_gradients").path("tensors").fieldNames().forEachRemaining(missing::add);
    missing.removeAll(compared);
    assertThat(missing).as("%s: what nothing compared", name()).isEmpty();
  }

  private void compare(String what, double[] actual, double[] expected, JsonNode entry) {
    compared.add(what);
    if (entry.path("informational").asBoolean()) {
      return;
    }
    double absolute = entry.path("atol").asDouble();
    double relative = entry.path("rtol").asDouble();
    assertThat(actual).as("%s: %s", name(), what).hasSameSizeAs(expected);
    for (int i = 0; i < actual.length; i++) {
      double allowed = absolute + relative * Math.abs(expected[i]);
      boolean same = actual[i] == expected[i] || Math.abs(actual[i] - expected[i]) <= allowed;
      if (!same) {
        throw new AssertionError(
            String.format(
                Locale.ROOT,
                "%s: %s[%d] is %.12g, the reference has %.12g (allowed difference %.3g)",
                name(),
                what,
                i,
                actual[i],
                expected[i],
                allowed));
      }
    }
  }

  private static double[] doubles(float[] values) {
    double[] doubles = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      doubles[i] = values[i];
    }
    return doubles;
  }
}
