package dev.vernier.harness.embedding;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.assertj.core.data.Offset;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

/** Against scikit-learn's values for one embedding, and on points whose map is known. */
class TsneTest {
  /** Of scikit-learn's affinities, whose bisection is in single precision. */
  private static final Offset<Double> SINGLE = Offset.offset(1e-6);

  @Test
  void affinities_areThoseOfScikitLearn() throws IOException {
    JsonNode golden = golden();
    double[] wanted = numbers(golden.get("affinities"));
    double[] found = affinities(golden);
    assertThat(found).containsExactly(wanted, SINGLE);
    assertThat(IntStream.range(0, found.length).mapToDouble(i -> 2 * found[i]).sum())
        .isCloseTo(1, Offset.offset(1e-9));
  }

  @Test
  void divergenceAndGradient_areThoseOfScikitLearn() throws IOException {
    JsonNode golden = golden();
    double[] affinities = numbers(golden.get("affinities"));
    double[] places = numbers(golden.get("places"));
    double[] gradient = new double[places.length];
    Tsne.gradient(affinities, places, new double[affinities.length], gradient);
    assertThat(Tsne.divergence(affinities, places))
        .isCloseTo(golden.get("divergence").asDouble(), Percentage.withPercentage(1e-4));
    assertThat(gradient).containsExactly(numbers(golden.get("gradient")), Offset.offset(1e-8));
  }

  @Test
  void clusters_stayApart_andEachTogether() {
    int each = 40;
    float[] points = clusters(3, each, 6);
    Tsne.Layout layout = Tsne.of(points, 3 * each, new SplittableRandom(3));
    double[] places = layout.places();
    for (int i = 0; i < 3 * each; i++) {
      assertThat(nearest(places, i) / each)
          .as("cluster of the nearest to %d", i)
          .isEqualTo(i / each);
    }
    assertThat(layout.perplexity()).isEqualTo(30);
    assertThat(layout.divergence()).isBetween(0.0, 1.0);
    assertThat(Tsne.of(points, 3 * each, new SplittableRandom(3)).places()).isEqualTo(places);
  }

  @Test
  void equalPoints_haveFinitePlaces() {
    double[] places = Tsne.of(new float[10 * 4], 10, new SplittableRandom(1)).places();
    assertThat(Arrays.stream(places).allMatch(Double::isFinite)).isTrue();
  }

  private static float[] clusters(int count, int each, int dimension) {
    SplittableRandom random = new SplittableRandom(5);
    float[] points = new float[count * each * dimension];
    for (int i = 0; i < points.length; i++) {
      int cluster = i / dimension / each;
      points[i] = (float) ((i % dimension == cluster ? 20 : 0) + random.nextGaussian());
    }
    return points;
  }

  private static int nearest(double[] places, int point) {
    return IntStream.range(0, places.length / 2)
        .filter(i -> i != point)
        .boxed()
        .min((a, b) -> Double.compare(distance(places, a, point), distance(places, b, point)))
        .orElseThrow();
  }

  private static double distance(double[] places, int one, int other) {
    return Math.hypot(
        places[2 * one] - places[2 * other], places[2 * one + 1] - places[2 * other + 1]);
  }

  private static double[] affinities(JsonNode golden) {
    double[] numbers = numbers(golden.get("points"));
    float[] points = new float[numbers.length];
    for (int i = 0; i < points.length; i++) {
      points[i] = (float) numbers[i];
    }
    return Affinities.of(points, golden.get("count").asInt(), golden.get("perplexity").asDouble());
  }

  private static double[] numbers(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false)
        .mapToDouble(JsonNode::asDouble)
        .toArray();
  }

  private static JsonNode golden() throws IOException {
    try (InputStream in = TsneTest.class.getResourceAsStream("/embedding/tsne.json")) {
      return new ObjectMapper().readTree(in);
    }
  }
}
