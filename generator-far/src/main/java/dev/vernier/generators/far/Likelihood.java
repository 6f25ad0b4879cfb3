package dev.vernier.generators.far;

import dev.vernier.engine.Execution;
import dev.vernier.engine.Executors;
import dev.vernier.engine.PaddedBatches;
import dev.vernier.engine.program.Parameters;
import dev.vernier.engine.program.Program;
import dev.vernier.spi.Tokens;
import org.nd4j.autodiff.samediff.SDVariable;

/** The likelihood of token grids. */
final class Likelihood implements AutoCloseable {
  private final FarModel model;
  private final PaddedBatches batches;
  private final TeacherForcing net;
  private final Execution execution;

  /** Compiles it; the parameters must outlive this, and stay as they are. */
  Likelihood(FarModel model, PaddedBatches batches, Parameters parameters) {
    this.model = model;
    this.batches = batches;
    this.net = new TeacherForcing(model.shape(), model.head(), batches.size(), 0);
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
    int size = batches.size();
    double[][] bits = new double[labels.length][shape.subTokens()];
    batches.forEach(
        labels.length,
        (from, present) -> {
          int[] some = new int[size * each];
          System.arraycopy(all, from * each, some, 0, present * each);
          int[] own = new int[size];
          System.arraycopy(labels, from, own, 0, present);
          net.feed(
              execution,
              new Tokens(some, size, tokens.subCodebooks(), tokens.height(), tokens.width()),
              own);
          execution.run();
          for (int j = 0; j < shape.subTokens(); j++) {
            float[] nats = execution.floats(net.losses().get(j));
            for (int i = 0; i < present * shape.positions(); i++) {
              bits[from + i / shape.positions()][j] += nats[i] / Math.log(2);
            }
          }
        });
    return bits;
  }

  @Override
  public void close() {
    execution.close();
  }
}
