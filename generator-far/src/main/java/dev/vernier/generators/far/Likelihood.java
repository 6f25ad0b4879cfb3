package dev.vernier.generators.far;

import dev.vernier.engine.Execution;
import dev.vernier.engine.Executors;
import dev.vernier.engine.program.Parameters;
import dev.vernier.engine.program.Program;
import dev.vernier.spi.Tokens;
import java.util.Arrays;
import org.nd4j.autodiff.samediff.SDVariable;

/** The likelihood of token grids, a fixed batch at a time; the last is filled up with zeros. */
final class Likelihood implements AutoCloseable {
  private final FarModel model;
  private final int batch;
  private final TeacherForcing net;
  private final Execution execution;

  /** Compiles it; the parameters must outlive this, and stay as they are. */
  Likelihood(FarModel model, int batch, Parameters parameters) {
    this.model = model;
    this.batch = batch;
    this.net = new TeacherForcing(model.shape(), model.head(), batch, 0);
    this.execution =
        Executors.chosen()
            .compile(
                Program.inference(net.graph(), net.losses().toArray(SDVariable[]::new)),
                parameters);
  }

  /** Bits of each image by sub-codebook. */
  double[][] bits(Tokens tokens, int[] labels) {
    FarShape shape = model.shape();
    shape.check(tokens, labels);
    int[] all = tokens.toArray();
    int each = all.length / tokens.batch();
    double[][] bits = new double[labels.length][shape.subTokens()];
    for (int from = 0; from < labels.length; from += batch) {
      int count = Math.min(batch, labels.length - from);
      int[] some =
          Arrays.copyOf(Arrays.copyOfRange(all, from * each, (from + count) * each), batch * each);
      net.feed(
          execution,
          new Tokens(some, batch, tokens.subCodebooks(), tokens.height(), tokens.width()),
          Arrays.copyOf(Arrays.copyOfRange(labels, from, from + count), batch));
      execution.run();
      for (int j = 0; j < shape.subTokens(); j++) {
        float[] nats = execution.floats(net.losses().get(j));
        for (int i = 0; i < count * shape.positions(); i++) {
          bits[from + i / shape.positions()][j] += nats[i] / Math.log(2);
        }
      }
    }
    return bits;
  }

  @Override
  public void close() {
    execution.close();
  }
}
