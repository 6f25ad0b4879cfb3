package dev.vernier.generators.far;

import java.util.Arrays;
import java.util.Map;

/**
 * The transformer of LlamaGen (Sun et al. 2024) as its paper describes it, in double precision and
 * plain loops: to see that each array of a checkpoint is taken for what it is.
 *
 * @param arrays by name; vectors are matrices of one row
 * @param layers blocks
 * @param heads attention heads
 * @param side of the code grid
 */
record PlainLlama(Map<String, double[][]> arrays, int layers, int heads, int side) {
  private static final double EPSILON = 1e-5;

  /** Bits of an image. */
  double bits(int label, int[] tokens) {
    double[][] rows = new double[tokens.length][];
    for (int t = 0; t < rows.length; t++) {
      rows[t] =
          t == 0
              ? arrays.get("cls_embedding.embedding_table.weight")[label]
              : arrays.get("tok_embeddings.weight")[tokens[t - 1]];
    }
    for (int i = 0; i < layers; i++) {
      String name = "layers." + i + ".";
      rows = sum(rows, attention(name, normal(name + "attention_norm", rows)));
      rows = sum(rows, feedForward(name, normal(name + "ffn_norm", rows)));
    }
    double[][] logits = linear("output", normal("norm", rows));
    double nats = 0;
    for (int t = 0; t < rows.length; t++) {
      nats -= Math.log(softmax(logits[t])[tokens[t]]);
    }
    return nats / Math.log(2);
  }

  private double[][] attention(String name, double[][] rows) {
    double[][] packed = linear(name + "attention.wqkv", rows);
    int width = rows[0].length;
    int headWidth = width / heads;
    double[][] mixed = new double[rows.length][width];
    for (int from = 0; from < width; from += headWidth) {
      double[][] queries = new double[rows.length][];
      double[][] keys = new double[rows.length][];
      for (int t = 0; t < rows.length; t++) {
        queries[t] = turned(part(packed[t], from, headWidth), t);
        keys[t] = turned(part(packed[t], width + from, headWidth), t);
        double[] scores = new double[t + 1];
        for (int s = 0; s <= t; s++) {
          scores[s] = dot(queries[t], keys[s]) / Math.sqrt(headWidth);
        }
        double[] shares = softmax(scores);
        for (int s = 0; s <= t; s++) {
          for (int c = 0; c < headWidth; c++) {
            mixed[t][from + c] += shares[s] * packed[s][2 * width + from + c];
          }
        }
      }
    }
    return linear(name + "attention.wo", mixed);
  }

  /**
   * The class token is multiplied by zero, another by the angles of the cell that it stands for.
   */
  private double[] turned(double[] head, int position) {
    double[] turned = new double[head.length];
    if (position == 0) {
      return turned;
    }
    int cell = position - 1;
    int axis = head.length / 2;
    for (int i = 0; i < head.length; i += 2) {
      int along = i < axis ? cell / side : cell % side;
      double angle = along * Math.pow(10_000, -(double) (i % axis) / axis);
      turned[i] = head[i] * Math.cos(angle) - head[i + 1] * Math.sin(angle);
      turned[i + 1] = head[i + 1] * Math.cos(angle) + head[i] * Math.sin(angle);
    }
    return turned;
  }

  private double[][] feedForward(String name, double[][] rows) {
    double[][] gates = linear(name + "feed_forward.w1", rows);
    double[][] values = linear(name + "feed_forward.w3", rows);
    for (int t = 0; t < rows.length; t++) {
      for (int c = 0; c < values[t].length; c++) {
        values[t][c] *= gates[t][c] / (1 + Math.exp(-gates[t][c]));
      }
    }
    return linear(name + "feed_forward.w2", values);
  }

  private double[][] normal(String name, double[][] rows) {
    double[] weight = arrays.get(name + ".weight")[0];
    double[][] normal = new double[rows.length][weight.length];
    for (int t = 0; t < rows.length; t++) {
      double size = Math.sqrt(dot(rows[t], rows[t]) / weight.length + EPSILON);
      for (int c = 0; c < weight.length; c++) {
        normal[t][c] = rows[t][c] / size * weight[c];
      }
    }
    return normal;
  }

  private double[][] linear(String name, double[][] rows) {
    double[][] weight = arrays.get(name + ".weight");
    return Arrays.stream(rows)
        .map(row -> Arrays.stream(weight).mapToDouble(each -> dot(each, row)).toArray())
        .toArray(double[][]::new);
  }

  private static double[][] sum(double[][] some, double[][] others) {
    double[][] sum = new double[some.length][];
    for (int t = 0; t < sum.length; t++) {
      sum[t] = some[t].clone();
      for (int c = 0; c < sum[t].length; c++) {
        sum[t][c] += others[t][c];
      }
    }
    return sum;
  }

  private static double[] part(double[] row, int from, int length) {
    return Arrays.copyOfRange(row, from, from + length);
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }

  private static double[] softmax(double[] logits) {
    double largest = Arrays.stream(logits).max().orElseThrow();
    double[] shares = Arrays.stream(logits).map(each -> Math.exp(each - largest)).toArray();
    double total = Arrays.stream(shares).sum();
    return Arrays.stream(shares).map(each -> each / total).toArray();
  }
}
