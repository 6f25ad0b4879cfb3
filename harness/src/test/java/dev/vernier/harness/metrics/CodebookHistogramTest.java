package dev.vernier.harness.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.vernier.records.CodebookUse;
import dev.vernier.spi.SubCodebook;
import dev.vernier.spi.Tokens;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CodebookHistogramTest {
  private static final List<SubCodebook> PAIR =
      List.of(new SubCodebook("visual", 4), new SubCodebook("semantic", 8));

  private static List<CodebookUse> use(CodeTable table) {
    return new CodebookHistogram(table).use();
  }

  @Test
  void use_uniformCodes_isFullWithLogSizeBits() {
    List<SubCodebook> one = List.of(new SubCodebook("code", 8));
    CodeTable table = new CodeTable(one);
    table.add(new Tokens(new int[] {0, 1, 2, 3, 4, 5, 6, 7}, 2, one, 2, 2));
    CodebookUse use = use(table).get(0);
    assertThat(use(table)).hasSize(1);
    assertThat(use.usage()).isEqualTo(1);
    assertThat(use.entropyBits()).isCloseTo(3, within(1e-12));
    assertThat(use.perplexity()).isCloseTo(8, within(1e-12));
    assertThat(use.samples()).isEqualTo(8);
  }

  @Test
  void use_oneCodeOnly_hasNoEntropy() {
    List<SubCodebook> one = List.of(new SubCodebook("code", 4));
    CodeTable table = new CodeTable(one);
    table.add(new Tokens(new int[] {2, 2, 2, 2}, 1, one, 2, 2));
    assertThat(use(table)).containsExactly(new CodebookUse("code", 4, 1, 0.25, 0, 1, 4));
  }

  @Test
  void use_pairsOfCodes_countsTuplesToo() {
    CodeTable table = new CodeTable(PAIR);
    // Both sub-codebooks split half and half, but only two of the pairs occur.
    table.add(new Tokens(new int[] {0, 0, 3, 3, 1, 1, 7, 7}, 1, PAIR, 2, 2));
    List<CodebookUse> uses = use(table);
    assertThat(uses).extracting(CodebookUse::name).containsExactly("visual", "semantic", "joint");
    assertThat(uses).extracting(CodebookUse::distinct).containsExactly(2L, 2L, 2L);
    assertThat(uses).extracting(CodebookUse::usage).containsExactly(0.5, 0.25, 0.0625);
    assertThat(uses.get(2).entropyBits()).isCloseTo(1, within(1e-12));
    assertThat(uses.get(2).samples()).isEqualTo(4);
  }

  @Test
  void use_manyTuples_equalsAMapOfLists() {
    List<SubCodebook> books =
        List.of(new SubCodebook("a", 50), new SubCodebook("b", 60), new SubCodebook("c", 70));
    CodeTable table = new CodeTable(books);
    Map<List<Integer>, Long> map = new HashMap<>();
    Random random = new Random(3);
    for (int batch = 0; batch < 5; batch++) {
      Tokens tokens = random(books, 16, random);
      table.add(tokens);
      for (int n = 0; n < 16; n++) {
        for (int p = 0; p < 64; p++) {
          int y = p / 8;
          int x = p % 8;
          map.merge(
              List.of(tokens.index(n, 0, y, x), tokens.index(n, 1, y, x), tokens.index(n, 2, y, x)),
              1L,
              Long::sum);
        }
      }
    }
    double bits = 0;
    for (long count : map.values()) {
      double share = count / 5120.0;
      bits -= share * Math.log(share) / Math.log(2);
    }
    CodebookUse joint = use(table).get(3);
    assertThat(joint.distinct()).isEqualTo(map.size());
    assertThat(joint.entropyBits()).isCloseTo(bits, within(1e-9));
    assertThat(joint.perplexity()).isCloseTo(Math.pow(2, bits), within(1e-6));
    assertThat(joint.size()).isEqualTo(210000);
  }

  @Test
  void use_otherBatchesAndOrder_givesTheSameBits() {
    Tokens first = random(PAIR, 3, new Random(1));
    Tokens second = random(PAIR, 5, new Random(2));
    CodeTable forward = new CodeTable(PAIR);
    forward.add(first);
    forward.add(second);
    CodeTable backward = new CodeTable(PAIR);
    backward.add(second);
    backward.add(first);
    assertThat(use(backward)).isEqualTo(use(forward));
  }

  private static Tokens random(List<SubCodebook> books, int batch, Random random) {
    int[] indices = new int[batch * books.size() * 64];
    for (int i = 0; i < indices.length; i++) {
      int size = books.get(i / 64 % books.size()).size();
      // The square makes some codes much rarer than others.
      double u = random.nextDouble();
      indices[i] = (int) (u * u * size);
    }
    return new Tokens(indices, batch, books, 8, 8);
  }

  @Test
  void use_largestCodebook_takesTheMemoryOfWhatOccurred() {
    List<SubCodebook> one = List.of(new SubCodebook("code", 1 << 30));
    CodeTable table = new CodeTable(one);
    table.add(new Tokens(new int[] {0, (1 << 30) - 1, 0, 7}, 1, one, 2, 2));
    assertThat(use(table).get(0).distinct()).isEqualTo(3);
    assertThat(use(table).get(0).entropyBits()).isCloseTo(1.5, within(1e-12));
  }

  @Test
  void use_imagesThatAreAddedLater_countThem() {
    CodeTable table = new CodeTable(PAIR);
    CodebookHistogram histogram = new CodebookHistogram(table);
    for (int images = 1; images < 3; images++) {
      table.add(new Tokens(new int[] {0, 1, images, 7}, 1, PAIR, 1, 2));
      assertThat(histogram.use().get(0).samples()).isEqualTo(2L * images);
    }
  }

  @Test
  void use_nothingCounted_isRefused() {
    assertThatThrownBy(() -> use(new CodeTable(PAIR)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("visual");
  }
}
