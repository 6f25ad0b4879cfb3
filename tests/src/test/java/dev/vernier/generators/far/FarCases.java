package dev.vernier.generators.far;

import com.fasterxml.jackson.databind.JsonNode;
import dev.vernier.engine.Execution;
import dev.vernier.engine.Executors;
import dev.vernier.engine.program.Parameters;
import dev.vernier.engine.program.Program;
import dev.vernier.engine.train.Checkpoint;
import dev.vernier.spi.GuidanceSchedule;
import dev.vernier.spi.SamplingSettings;
import dev.vernier.spi.SubCodebook;
import dev.vernier.spi.Tokens;
import dev.vernier.tests.golden.GoldenCase;
import dev.vernier.tests.golden.GoldenHandler;
import dev.vernier.weights.WeightFile;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.nd4j.autodiff.samediff.SDVariable;

/** A whole small FAR: training, cached decoding, guided sampling, and the filter of candidates. */
public final class FarCases {
  private final GoldenCase golden;
  private final FarShape shape;
  private final int batch;

  private FarCases(GoldenCase golden) {
    this.golden = golden;
    JsonNode sizes = golden.parameters().get("model_args");
    int side = (int) Math.sqrt(sizes.get("block_size").asInt());
    int entries = sizes.get("vocab_size").asInt();
    this.shape =
        new FarShape(
            List.of(new SubCodebook("visual", entries), new SubCodebook("semantic", entries)),
            side,
            side,
            sizes.get("num_classes").asInt(),
            sizes.get("dim").asInt(),
            sizes.get("n_layer").asInt(),
            sizes.get("n_head").asInt(),
            sizes.get("ar_n_layer").asInt(),
            sizes.get("multiple_of").asInt(),
            true);
    this.batch = golden.array("cond").shape()[0];
  }

  /** Handlers by case name. */
  public static Map<String, GoldenHandler> handlers() {
    return Map.of(
        "far_dual", golden -> new FarCases(golden).check(), "top_k_top_p", FarCases::filtering);
  }

  private void check() throws IOException {
    golden.fixed("norm_eps", Blocks.EPSILON);
    golden.fixed("rope_base", RotaryTable.BASE);
    golden.fixed("ffn_hidden", shape.hidden());
    golden.expect("freqs_cis", RotaryTable.of(shape));
    FarModel model = new FarModel("far", shape, new FactorizedHead());
    try (Parameters parameters = Parameters.initialize(model.graph(), 1);
        WeightFile weights = WeightFile.open(golden.file("far_dual.safetensors"))) {
      Checkpoint.load(weights, golden.file("far_dual.safetensors"), parameters);
      training(parameters);
      decoding(parameters);
      generation(parameters);
    }
  }

  private static int[] integers(GoldenCase golden, String name) {
    return Arrays.stream(golden.array(name).doubles()).mapToInt(each -> (int) each).toArray();
  }

  /** Indices of a sub-codebook, {@code [batch, positions]} row-major. */
  private int[] indices(int subCodebook) {
    return integers(golden, "idx_" + (subCodebook + 1));
  }

  private Tokens tokens() {
    int n = shape.positions();
    int[] all = new int[batch * 2 * n];
    for (int j = 0; j < 2; j++) {
      for (int b = 0; b < batch; b++) {
        System.arraycopy(indices(j), b * n, all, (2 * b + j) * n, n);
      }
    }
    return new Tokens(all, batch, shape.codebooks(), shape.rows(), shape.columns());
  }

  private void training(Parameters parameters) {
    TeacherForcing net = new TeacherForcing(shape, new FactorizedHead(), batch, 0);
    SDVariable loss = net.loss();
    SDVariable[] outputs =
        Stream.of(net.logits(), net.losses()).flatMap(List::stream).toArray(SDVariable[]::new);
    try (Execution execution =
        Executors.chosen().compile(Program.training(net.graph(), loss, outputs), parameters)) {
      net.feed(execution, tokens(), integers(golden, "cond"));
      execution.run();
      golden.expect("train_logits_1", execution.floats(net.logits().get(0)));
      golden.expect("train_logits_2", execution.floats(net.logits().get(1)));
      golden.expectScalar("train_loss", execution.number(loss));
    }
    for (String name : parameters.names()) {
      golden.expectGradient(name, parameters.gradient(name).dup('c').data().asFloat());
    }
    for (String name :
        List.of(
            "tok_embeddings_1.weight",
            "aggregation_layer.bias",
            "norm.weight",
            "layers.0.attention_norm.weight",
            "ar_head.0.attention.wo.weight")) {
      golden.expect(
          "grad_" + name.replace('.', '_'), parameters.gradient(name).dup('c').data().asFloat());
    }
  }

  /** Numbers of one position of all sequences into their places. */
  private void put(float[] all, int position, float[] some) {
    int each = some.length / batch;
    for (int b = 0; b < batch; b++) {
      System.arraycopy(some, b * each, all, (b * shape.positions() + position) * each, each);
    }
  }

  private void decoding(Parameters parameters) {
    int n = shape.positions();
    float[] contexts = new float[batch * n * shape.width()];
    float[][] logits = new float[2][batch * n * shape.codebooks().get(0).size()];
    try (Decoder decoder = new Decoder(shape, new FactorizedHead(), batch, parameters)) {
      decoder.begin(integers(golden, "cond"));
      for (int t = 0; t < n; t++) {
        int position = t;
        if (t > 0) {
          decoder.advance(t, new int[][] {forced(0, t - 1), forced(1, t - 1)});
        }
        put(contexts, t, decoder.context());
        decoder.subTokens(
            (j, found) -> {
              put(logits[j], position, found);
              return forced(j, position);
            });
      }
    }
    golden.expect("decode_context", contexts);
    golden.expect("decode_logits_1", logits[0]);
    golden.expect("decode_logits_2", logits[1]);
    golden.leaveOut("the cache is the executor's", "kv_cache_layer0_k_first4");
    golden.leaveOut("the caches hold as many positions as there are", "kv_cache_max_seq_length");
  }

  /** The sub-token of each sequence at a position. */
  private int[] forced(int subCodebook, int position) {
    int[] all = indices(subCodebook);
    int[] own = new int[batch];
    for (int b = 0; b < batch; b++) {
      own[b] = all[b * shape.positions() + position];
    }
    return own;
  }

  /** The most probable sub-token each time, with guidance and temperatures. */
  private void generation(Parameters parameters) {
    int[] labels = integers(golden, "generate_cond");
    List<SamplingSettings.Draw> draws = new ArrayList<>();
    for (int j = 0; j < 2; j++) {
      draws.add(
          new SamplingSettings.Draw(
              golden.parameters().get("cfg_scale").get(j).asDouble(),
              golden.parameters().get("temperature").get(j).asDouble(),
              1,
              1));
    }
    SamplingSettings settings = new SamplingSettings(draws, GuidanceSchedule.CONSTANT, 3);
    int n = shape.positions();
    int entries = shape.codebooks().get(0).size();
    int images = labels.length;
    float[] guided = new float[n * 2 * images * entries];
    int[][] drawn = new int[2][images * n];
    Drawing drawing = new Drawing(shape, settings, 0, images);
    try (Decoder decoder = new Decoder(shape, new FactorizedHead(), 2 * images, parameters)) {
      int[] both = Arrays.copyOf(labels, 2 * images);
      Arrays.fill(both, images, 2 * images, shape.nullClass());
      decoder.begin(both);
      int[][] last = new int[0][];
      for (int t = 0; t < n; t++) {
        int position = t;
        if (t > 0) {
          decoder.advance(t, last);
        }
        last =
            decoder.subTokens(
                (j, logits) -> {
                  float[] mixed = logits.clone();
                  for (int i = 0; i < images; i++) {
                    Drawing.guide(
                        mixed,
                        i * entries,
                        (images + i) * entries,
                        entries,
                        (float) draws.get(j).guidance());
                  }
                  System.arraycopy(
                      mixed, 0, guided, (2 * position + j) * images * entries, images * entries);
                  int[] own = drawing.draw(position, j, logits);
                  int[] twice = Arrays.copyOf(own, 2 * images);
                  System.arraycopy(own, 0, twice, images, images);
                  for (int i = 0; i < images; i++) {
                    drawn[j][i * n + position] = own[i];
                  }
                  return twice;
                });
      }
    }
    golden.expect("generate_guided_logits", guided);
    golden.expect("generate_idx_1", drawn[0]);
    golden.expect("generate_idx_2", drawn[1]);
  }

  private static void filtering(GoldenCase golden) {
    JsonNode combos = golden.parameters().get("combos");
    for (String output : golden.outputs()) {
      String which = output.substring("filtered_".length());
      double[] filtered;
      if (which.startsWith("ties_k")) {
        int topK = Integer.parseInt(which.substring("ties_k".length()));
        filtered = filtered(golden, "logits_ties", topK, 1);
      } else {
        JsonNode combo = combos.get(Integer.parseInt(which));
        filtered = filtered(golden, "logits", combo.get(0).asInt(), combo.get(1).asDouble());
      }
      golden.expect(output, filtered);
      golden.expectScalar("kept_" + which, kept(filtered, golden.array("logits").shape()[0]));
    }
  }

  /** How many entries stay in each row. */
  private static double[] kept(double[] filtered, int rows) {
    double[] counts = new double[rows];
    for (int i = 0; i < filtered.length; i++) {
      counts[i / (filtered.length / rows)] += Double.isInfinite(filtered[i]) ? 0 : 1;
    }
    return counts;
  }

  private static double[] filtered(GoldenCase golden, String input, int topK, double topP) {
    double[] logits = golden.array(input).doubles();
    int size = golden.array(input).shape()[1];
    float[] floats = new float[logits.length];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = (float) logits[i];
    }
    Candidates candidates = new Candidates(size);
    for (int from = 0; from < floats.length; from += size) {
      float threshold = candidates.threshold(floats, from, size, topK, topP);
      for (int i = from; i < from + size; i++) {
        logits[i] = floats[i] >= threshold ? logits[i] : Double.NEGATIVE_INFINITY;
      }
    }
    return logits;
  }
}
