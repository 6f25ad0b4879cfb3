package dev.vernier.engine.search;

import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.DynamicCustomOp;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A codebook that is the image of a table under a linear layer. It owns the array of its entries,
 * which it takes when they are first asked for; closed, it can be used again.
 */
public final class ProjectedCodebook implements AutoCloseable {
  private INDArray entries;

  /**
   * All entries, to be searched with {@link CodebookSearch}.
   *
   * @param table {@code [K, c]}
   * @param weight {@code [d, c]}
   * @param bias {@code [d]}
   * @return {@code [K, d]}, valid until the next call
   */
  public INDArray projected(INDArray table, INDArray weight, INDArray bias) {
    if (entries == null || entries.size(0) != table.size(0) || entries.size(1) != weight.size(0)) {
      close();
      entries = room(table, weight);
    }
    project(table, weight, bias, entries);
    return entries;
  }

  /**
   * The same in an array of its own.
   *
   * @param table {@code [K, c]}
   * @param weight {@code [d, c]}
   * @param bias {@code [d]}
   * @return {@code [K, d]}; the caller closes it
   */
  public static INDArray entries(INDArray table, INDArray weight, INDArray bias) {
    INDArray entries = room(table, weight);
    project(table, weight, bias, entries);
    return entries;
  }

  private static INDArray room(INDArray table, INDArray weight) {
    return Nd4j.createUninitialized(DataType.FLOAT, table.size(0), weight.size(0));
  }

  private static void project(INDArray table, INDArray weight, INDArray bias, INDArray entries) {
    Nd4j.exec(
        DynamicCustomOp.builder("matmul")
            .addInputs(table, weight)
            .addOutputs(entries)
            .addIntegerArguments(0, 1)
            .build());
    Nd4j.exec(DynamicCustomOp.builder("add").addInputs(entries, bias).addOutputs(entries).build());
  }

  @Override
  public void close() {
    if (entries != null) {
      entries.close();
      entries = null;
    }
  }
}
