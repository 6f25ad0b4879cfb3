package dev.vernier.harness.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vernier.spi.SubCodebook;
import dev.vernier.spi.Tokens;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CodeTableTest {
  private static final List<SubCodebook> PAIR =
      List.of(new SubCodebook("visual", 1 << 30), new SubCodebook("semantic", 50));

  private static CodeTable table(int images) {
    CodeTable table = new CodeTable(PAIR);
    Random random = new Random(1);
    for (int batch = 0; batch < images / 4; batch++) {
      int[] codes = new int[4 * 2 * 6];
      for (int i = 0; i < codes.length; i++) {
        codes[i] = i / 6 % 2 == 0 ? (1 << 29) + random.nextInt(80) : random.nextInt(50);
      }
      table.add(new Tokens(codes, 4, PAIR, 2, 3));
    }
    return table;
  }

  @Test
  void resampledUsage_equalsASetOfCodes_onTheDrawsOfTheFrechetDistance() {
    CodeTable table = table(20);
    double[] expected =
        Bootstrap.resampled(
            20,
            counts -> {
              Set<List<Integer>> seen = new HashSet<>();
              for (int image = 0; image < 20; image++) {
                for (int position = 0; position < 6 && counts[image] > 0; position++) {
                  seen.add(List.of(0, table.code(image, 0, position)));
                  seen.add(List.of(1, table.code(image, 1, position)));
                }
              }
              return seen.size() / ((1 << 30) + 50.0);
            },
            30,
            95);
    assertThat(table.resampledUsage(30, 95)).isEqualTo(expected);
    assertThat(expected[0]).isNotEqualTo(expected[1]);
  }

  @Test
  void resampledUsage_anyNumberOfThreads_givesTheSameBits() {
    CodeTable table = table(12);
    double[] expected = Threads.with(1, () -> table.resampledUsage(20, 7));
    assertThat(Threads.with(3, () -> table.resampledUsage(20, 7))).isEqualTo(expected);
  }

  @Test
  void tokensOfOtherSubCodebooks_areRefused() {
    List<SubCodebook> one = List.of(new SubCodebook("code", 4));
    assertThatThrownBy(() -> table(4).add(new Tokens(new int[] {1}, 1, one, 1, 1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("do not fit");
  }

  @Test
  void tuples_moreOfThemThanNumbers_areEqualWhereTheirCodesAre() {
    List<SubCodebook> books =
        IntStream.range(0, 5).mapToObj(i -> new SubCodebook("book" + i, 1 << 30)).toList();
    CodeTable table = new CodeTable(books);
    Random random = new Random(1);
    int[] few = random.ints(3, 0, 1 << 30).toArray();
    int area = 400;
    table.add(
        new Tokens(
            random.ints(5L * area, 0, few.length).map(i -> few[i]).toArray(), 1, books, 20, 20));
    long[] tuples = table.tuples(table::code);
    Map<List<Integer>, Long> known = new HashMap<>();
    for (int p = 0; p < area; p++) {
      int position = p;
      List<Integer> tuple =
          IntStream.range(0, 5).mapToObj(book -> table.code(0, book, position)).toList();
      assertThat(known.computeIfAbsent(tuple, each -> tuples[position])).isEqualTo(tuples[p]);
    }
    assertThat(known).hasSizeBetween(100, 243);
    assertThat(new HashSet<>(known.values())).hasSameSizeAs(known.keySet());
  }
}
