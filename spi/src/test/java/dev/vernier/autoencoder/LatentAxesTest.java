package dev.vernier.autoencoder;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vernier.engine.memory.Floats;
import dev.vernier.engine.program.Graph;
import dev.vernier.engine.program.Initializer;
import dev.vernier.engine.program.Parameters;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class LatentAxesTest {
  private static final int Z = 4;
  private static final int COUNT = 4000;

  /** Normal latents of falling variance along turned axes. */
  private static float[] latents() {
    SplittableRandom random = new SplittableRandom(7);
    double[] spread = {3, 1.5, 0.6, 0.01};
    float[] rows = new float[COUNT * Z];
    for (int n = 0; n < COUNT; n++) {
      double[] along = Arrays.stream(spread).map(each -> each * random.nextGaussian()).toArray();
      rows[n * Z] = (float) (5 + (along[0] + along[1]) / Math.sqrt(2));
      rows[n * Z + 1] = (float) (-2 + (along[0] - along[1]) / Math.sqrt(2));
      rows[n * Z + 2] = (float) (0.6 * along[2] + 0.8 * along[3]);
      rows[n * Z + 3] = (float) (0.8 * along[2] - 0.6 * along[3]);
    }
    return rows;
  }

  private static Parameters layers(int branches, int dimension) {
    Graph graph = new Graph();
    for (int branch = 0; branch < branches; branch++) {
      String name = branches == 1 ? "quant_conv" : "quant_conv_" + branch;
      graph.parameter(name + ".weight", Initializer.fanIn(Z), dimension, Z, 1, 1);
      graph.parameter(name + ".bias", Initializer.fanIn(Z), dimension);
    }
    int all = branches * dimension;
    graph.parameter("post_quant_conv.weight", Initializer.fanIn(all), Z, all, 1, 1);
    graph.parameter("post_quant_conv.bias", Initializer.fanIn(all), Z);
    return Parameters.initialize(graph, 1);
  }

  private static double[] apply(Parameters parameters, String layer, double[] x) {
    float[] weight = Floats.all(parameters.get(layer + ".weight"));
    float[] bias = Floats.all(parameters.get(layer + ".bias"));
    double[] y = new double[bias.length];
    for (int i = 0; i < y.length; i++) {
      y[i] = bias[i];
      for (int j = 0; j < x.length; j++) {
        y[i] += weight[i * x.length + j] * x[j];
      }
    }
    return y;
  }

  /** Mean squared error of the way to codes and back, as a share of the latents' variance. */
  private static double lost(Parameters parameters, CodeForm form, int branches) {
    float[] rows = latents();
    double error = 0;
    double variance = 0;
    double[] mean = {5, -2, 0, 0};
    for (int n = 0; n < COUNT; n++) {
      double[] z = new double[Z];
      for (int i = 0; i < Z; i++) {
        z[i] = rows[n * Z + i];
      }
      double[] codes = {};
      for (int branch = 0; branch < branches; branch++) {
        String name = branches == 1 ? "quant_conv" : "quant_conv_" + branch;
        double[] code = quantized(apply(parameters, name, z), form);
        int before = codes.length;
        codes = Arrays.copyOf(codes, before + code.length);
        System.arraycopy(code, 0, codes, before, code.length);
      }
      double[] back = apply(parameters, "post_quant_conv", codes);
      for (int i = 0; i < Z; i++) {
        error += (back[i] - z[i]) * (back[i] - z[i]);
        variance += (z[i] - mean[i]) * (z[i] - mean[i]);
      }
    }
    return error / variance;
  }

  private static double[] quantized(double[] encoding, CodeForm form) {
    double length = Math.sqrt(Arrays.stream(encoding).map(each -> each * each).sum());
    return switch (form) {
      case POINT -> encoding;
      case DIRECTION -> Arrays.stream(encoding).map(each -> each / length).toArray();
      case SIGNS -> Arrays.stream(encoding).map(each -> each > 0 ? 1 : -1).toArray();
    };
  }

  private static double lost(CodeForm form, int branches, int dimension) {
    try (Parameters parameters = layers(branches, dimension)) {
      LatentAxes.of(latents(), Z).lay(parameters, form);
      return lost(parameters, form, branches);
    }
  }

  @Test
  void axes_areThoseOfFallingVariance() {
    LatentAxes axes = LatentAxes.of(latents(), Z);
    assertThat(axes.mean()).containsExactly(new float[] {5, -2, 0, 0}, Offset.offset(0.15f));
    assertThat(axes.variances())
        .containsExactly(new float[] {9, 2.25f, 0.36f, 1e-4f}, Offset.offset(0.5f));
    assertThat(Math.abs(axes.axes()[0])).isCloseTo(0.707f, Offset.offset(0.02f));
  }

  @Test
  void points_loseTheLastAxesAlone() {
    assertThat(lost(CodeForm.POINT, 1, 3)).isLessThan(1e-3);
    assertThat(lost(CodeForm.POINT, 1, 1)).isCloseTo(2.61 / 11.61, Offset.offset(0.02));
  }

  @Test
  void directions_loseLittleMore_thoughTheyHaveNoLength() {
    assertThat(lost(CodeForm.DIRECTION, 1, 4)).isLessThan(0.1);
    assertThat(lost(CodeForm.DIRECTION, 1, 9)).isLessThan(0.1);
    assertThat(lost(CodeForm.DIRECTION, 3, 4)).isLessThan(0.1);
  }

  @Test
  void signs_areHeardAsTheMeanOfTheirHalf() {
    assertThat(lost(CodeForm.SIGNS, 1, 3)).isCloseTo(1 - 2 / Math.PI, Offset.offset(0.02));
  }

  @Test
  void branches_takeTheAxesInTurn_andMoreNumbersThanAxesDoNoHarm() {
    assertThat(lost(CodeForm.POINT, 2, 2)).isLessThan(1e-3);
    assertThat(lost(CodeForm.POINT, 2, 5)).isLessThan(1e-3);
    assertThat(lost(CodeForm.SIGNS, 1, 9)).isCloseTo(1 - 2 / Math.PI, Offset.offset(0.02));
  }
}
