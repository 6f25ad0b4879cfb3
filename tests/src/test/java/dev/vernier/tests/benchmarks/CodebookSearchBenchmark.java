package dev.vernier.tests.benchmarks;

import dev.vernier.engine.search.CodebookSearch;
import java.util.concurrent.TimeUnit;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** The nearest entries of unit vectors, by a search that is kept as in training. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 2, time = 3)
@Measurement(iterations = 4, time = 3)
@Fork(1)
public class CodebookSearchBenchmark {
  /** Vectors x entries x dimensions. */
  @Param({"8192x1024x8", "8192x16384x8", "2048x100000x8", "8192x16384x256"})
  public String work;

  private final CodebookSearch search = CodebookSearch.byDistance();
  private INDArray vectors;
  private INDArray codebook;

  /** Draws vectors and entries. */
  @Setup
  public void draw() {
    String[] sizes = work.split("x", 3);
    int dimension = Integer.parseInt(sizes[2]);
    vectors = unit(Integer.parseInt(sizes[0]), dimension);
    codebook = unit(Integer.parseInt(sizes[1]), dimension);
  }

  private static INDArray unit(int rows, int dimension) {
    INDArray random = Nd4j.randn(DataType.FLOAT, rows, dimension);
    return random.diviColumnVector(random.norm2(1));
  }

  /** One search of all vectors. */
  @Benchmark
  public int[] search() {
    return search.find(vectors, codebook);
  }

  /** Frees native memory. */
  @TearDown
  public void close() {
    search.close();
    vectors.close();
    codebook.close();
  }
}
