package dev.vernier.engine.search;

import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.DynamicCustomOp;
import org.nd4j.linalg.factory.Nd4j;

/** A codebook that is the image of a table under a linear layer. */
public final class ProjectedCodebook {
  private ProjectedCodebook() {}

  /**
   * All entries, to be searched with {@link CodebookSearch}.
   *
   * @param table {@code [K, c]}
   * @param weight {@code [d, c]}
   * @param bias {@code [d]}
   * @return {@code [K, d]}; the caller closes it
   */
  public static INDArray entries(INDArray table, INDArray weight, INDArray bias) {
    INDArray entries = Nd4j.createUninitialized(DataType.FLOAT, table.size(0), weight.size(0));
    Nd4j.exec(
        DynamicCustomOp.builder("matmul")
            .addInputs(table, weight)
            .addOutputs(entries)
            .addIntegerArguments(0, 1)
            .build());
    Nd4j.exec(DynamicCustomOp.builder("add").addInputs(entries, bias).addOutputs(entries).build());
    return entries;
  }
}
