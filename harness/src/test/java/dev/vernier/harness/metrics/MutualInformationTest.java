package dev.vernier.harness.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.vernier.spi.SubCodebook;
import dev.vernier.spi.Tokens;
import java.util.List;
import java.util.Random;
import java.util.function.IntBinaryOperator;
import org.junit.jupiter.api.Test;

class MutualInformationTest {
  private static final int IMAGES = 120;
  private static final int AREA = 64;

  /**
   * Codes of two sub-codebooks of equal size.
   *
   * @param first from image and position
   * @param second from the first code and the image
   */
  private static CodeTable table(int size, IntBinaryOperator first, IntBinaryOperator second) {
    List<SubCodebook> books =
        List.of(new SubCodebook("visual", size), new SubCodebook("semantic", size));
    CodeTable table = new CodeTable(books);
    for (int image = 0; image < IMAGES; image++) {
      int[] codes = new int[2 * AREA];
      for (int position = 0; position < AREA; position++) {
        codes[position] = first.applyAsInt(image, position);
        codes[AREA + position] = second.applyAsInt(codes[position], image);
      }
      table.add(new Tokens(codes, 1, books, 8, 8));
    }
    return table;
  }

  @Test
  void plugIn_equalAndIndependentCodes_isTheEntropyOrNothing() {
    CodeTable equal = table(4, (image, position) -> position % 4, (code, image) -> code);
    assertThat(MutualInformation.of(equal, 1, 1).plugIn()).isCloseTo(2, within(1e-12));
    CodeTable apart = table(2, (image, position) -> position % 2, (code, image) -> image % 2);
    assertThat(MutualInformation.of(apart, 1, 1).plugIn()).isCloseTo(0, within(1e-12));
  }

  @Test
  void corrected_manyIndependentCodes_isNothingWhereThePlugInIsNot() {
    Random random = new Random(3);
    CodeTable table =
        table(64, (image, position) -> random.nextInt(64), (code, image) -> random.nextInt(64));
    MutualInformation found = MutualInformation.of(table, 99, 1960);
    // To first order the bias is 63 x 63 / (2 x 7680) nats, 0.37 bits; so few tokens have more.
    assertThat(found.plugIn()).isBetween(0.4, 0.46);
    assertThat(found.corrected()).isCloseTo(0, within(0.02));
    assertThat(found.p()).isGreaterThan(0.02);
  }

  @Test
  void corrected_codesThatAgreeHalfOfTheTime_isTheirMutualInformation() {
    Random random = new Random(3);
    CodeTable table =
        table(
            4,
            (image, position) -> random.nextInt(4),
            (code, image) -> random.nextBoolean() ? code : random.nextInt(4));
    MutualInformation found = MutualInformation.of(table, 99, 1960);
    // 2 bits less those of the shares 5/8, 1/8, 1/8, 1/8.
    assertThat(found.corrected()).isCloseTo(0.4512, within(0.03));
    assertThat(found.p()).isEqualTo(0.01);
  }

  @Test
  void corrected_codesThatAreAlikeWithinAnImage_countAsFewAsTheyAre() {
    // One code an image: 120 independent pairs, and not 7,680.
    Random random = new Random(3);
    int[] visual = random.ints(IMAGES, 0, 8).toArray();
    int[] semantic = random.ints(IMAGES, 0, 8).toArray();
    CodeTable table =
        table(8, (image, position) -> visual[image], (code, image) -> semantic[image]);
    MutualInformation found = MutualInformation.of(table, 99, 1960);
    assertThat(found.plugIn()).isGreaterThan(0.2);
    assertThat(found.corrected()).isCloseTo(0, within(0.12));
    assertThat(found.p()).isGreaterThan(0.02);
  }

  /** Codes of three sub-codebooks: the second independent of the first, the third half of it. */
  private static CodeTable three(int size) {
    Random random = new Random(3);
    List<SubCodebook> books =
        List.of(
            new SubCodebook("visual", size),
            new SubCodebook("semantic", size),
            new SubCodebook("third", size));
    CodeTable table = new CodeTable(books);
    for (int image = 0; image < IMAGES; image++) {
      int[] codes = random.ints(3 * AREA, 0, size).toArray();
      for (int position = 0; position < AREA; position++) {
        codes[2 * AREA + position] = codes[position] / 2;
      }
      table.add(new Tokens(codes, 1, books, 8, 8));
    }
    return table;
  }

  @Test
  void pairs_sayWhichSubCodebooksAreTied() {
    CodeTable table = three(8);
    List<MutualInformation> pairs = MutualInformation.ofPairs(table, 99, 1960);
    // The third code is the first without a bit.
    assertThat(pairs)
        .extracting(MutualInformation::corrected)
        .satisfiesExactly(
            visualAndSemantic -> assertThat(visualAndSemantic).isCloseTo(0, within(0.005)),
            visualAndThird -> assertThat(visualAndThird).isCloseTo(2, within(0.005)),
            semanticAndThird -> assertThat(semanticAndThird).isCloseTo(0, within(0.005)));
    assertThat(pairs.get(0).p()).isGreaterThan(0.02);
    assertThat(pairs.get(1).p()).isEqualTo(0.01);
    assertThat(pairs.get(2).p()).isGreaterThan(0.02);
    // Of the second code the others say nothing, so all together say as much as the tied pair.
    assertThat(MutualInformation.of(table, 99, 1960).corrected())
        .isCloseTo(pairs.get(1).corrected(), within(0.02));
  }

  @Test
  void pairOfTwo_isWhatBothAreTogether_toEveryPermutation() {
    Random random = new Random(3);
    CodeTable table =
        table(64, (image, position) -> random.nextInt(64), (code, image) -> random.nextInt(64));
    MutualInformation both = MutualInformation.of(table, 9, 1960);
    MutualInformation pair = MutualInformation.ofPairs(table, 9, 1960).get(0);
    assertThat(pair.plugIn()).isCloseTo(both.plugIn(), within(1e-12));
    assertThat(pair.independent()).containsExactly(both.independent(), within(1e-12));
  }

  @Test
  void pairs_sameSeed_giveTheSameBitsOnAnyNumberOfThreads() {
    CodeTable table = three(8);
    double[] expected =
        Threads.with(1, () -> MutualInformation.ofPairs(table, 9, 5).get(2).independent());
    assertThat(Threads.with(3, () -> MutualInformation.ofPairs(table, 9, 5).get(2).independent()))
        .isEqualTo(expected);
  }

  @Test
  void permutations_sameSeed_giveTheSameBitsOnAnyNumberOfThreads() {
    Random random = new Random(3);
    CodeTable table = table(16, (image, position) -> random.nextInt(16), (code, image) -> code / 2);
    double[] expected = Threads.with(1, () -> MutualInformation.of(table, 9, 5).independent());
    assertThat(Threads.with(3, () -> MutualInformation.of(table, 9, 5).independent()))
        .isEqualTo(expected);
    assertThat(MutualInformation.of(table, 9, 6).independent()).isNotEqualTo(expected);
  }
}
