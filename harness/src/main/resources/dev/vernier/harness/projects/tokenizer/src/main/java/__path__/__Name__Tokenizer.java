package __package__;

import dev.vernier.spi.SubCodebook;
import dev.vernier.spi.Tokenizer;
import dev.vernier.spi.TokenizerSpec;
import dev.vernier.spi.Tokens;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Images to codes and back. */
record __Name__Tokenizer(Codebook codebook) implements Tokenizer {
  static TokenizerSpec spec(Codebook codebook) {
    int size = codebook.colours().length;
    return new TokenizerSpec(
        __Name__Provider.NAME,
        codebook.imageSize(),
        codebook.block(),
        List.of(new SubCodebook("colour", size)),
        3,
        3L * size);
  }

  @Override
  public TokenizerSpec spec() {
    return spec(codebook);
  }

  @Override
  public Tokens encode(INDArray images) {
    int[] codes =
        Arrays.stream(codebook.blocks(images)).parallel().mapToInt(codebook::nearest).toArray();
    TokenizerSpec spec = spec();
    return new Tokens(
        codes, (int) images.size(0), spec.subCodebooks(), spec.gridHeight(), spec.gridWidth());
  }

  @Override
  public INDArray decode(Tokens tokens) {
    return codebook.images(tokens.toArray());
  }

  @Override
  public void save(Path folder) throws IOException {
    codebook.save(folder);
  }

  @Override
  public void close() {}
}
