package dev.vernier.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class ContractsTest {
  private static final Setting<Integer> SIZE = Setting.integer("size", 8, 1, 16, "a size");
  private static final Setting<List<Integer>> WIDTHS =
      Setting.integers("widths", List.of(1, 2), 1, 9, "widths");
  private static final Setting<Boolean> NORM = Setting.flag("norm", true, "a switch");
  private static final List<Setting<?>> SCHEMA = List.of(SIZE, WIDTHS, NORM);

  @Test
  void settings_readWhatTheyWrite() {
    Settings settings = Settings.of(SCHEMA, Map.of("size", "3", "widths", "4, 5", "norm", "off"));
    assertThat(settings.get(SIZE)).isEqualTo(3);
    assertThat(settings.get(WIDTHS)).containsExactly(4, 5);
    assertThat(settings.get(NORM)).isFalse();
    assertThat(Settings.of(SCHEMA, settings.asText())).isEqualTo(settings);
  }

  @Test
  void wrongSettings_areToldInOneLine() {
    assertThatThrownBy(() -> Settings.of(SCHEMA, Map.of("sise", "3")))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("did you mean 'size'");
    assertThatThrownBy(() -> Settings.of(SCHEMA, Map.of("size", "17")))
        .hasMessage("setting size cannot be '17': it takes 1 to 16 (default 8)");
    assertThatThrownBy(() -> Settings.of(SCHEMA, Map.of("widths", "1,,2")))
        .hasMessageContaining("setting widths cannot be '1,,2'");
    assertThatThrownBy(() -> Settings.of(SCHEMA, Map.of("norm", "maybe")))
        .hasMessageContaining("true or false");
  }

  @Test
  void pixels_keepAllLevels() {
    for (int level = 0; level < 256; level++) {
      assertThat(Pixels.toByte(Pixels.toFloat((byte) level)) & 0xff).isEqualTo(level);
    }
    assertThat(Pixels.toByte(-3) & 0xff).isZero();
    assertThat(Pixels.toByte(3) & 0xff).isEqualTo(255);
    assertThat(Pixels.toByte(0) & 0xff).as("half is rounded up").isEqualTo(128);
  }

  @Test
  void pixels_ofAPermutedView_followItsIndices() {
    try (INDArray channelsLast = Nd4j.linspace(DataType.FLOAT, -1, 0.01, 48).reshape(1, 4, 4, 3);
        INDArray copy = channelsLast.permute(0, 3, 1, 2).dup('c')) {
      assertThat(Pixels.toBytes(channelsLast.permute(0, 3, 1, 2)))
          .isEqualTo(Pixels.toBytes(copy))
          .isNotEqualTo(Pixels.toBytes(channelsLast));
    }
  }

  /** They would be black pixels otherwise, and scores. */
  @Test
  void pixels_areNumbers() {
    for (float value : new float[] {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY}) {
      try (INDArray images = Nd4j.createFromArray(0.5f, value, -7)) {
        assertThatThrownBy(() -> Pixels.toFiniteFloats("lfq", images))
            .isInstanceOf(UsageException.class)
            .hasMessageStartingWith("lfq decodes to values that are not finite, " + value + " ");
      }
    }
    float[] numbers = {0.5f, Float.MAX_VALUE, -Float.MAX_VALUE, -0f};
    try (INDArray images = Nd4j.createFromArray(numbers)) {
      assertThat(Pixels.toFiniteFloats("lfq", images)).isEqualTo(numbers);
    }
  }

  @Test
  void tokens_refuseWhatDoesNotFit() {
    List<SubCodebook> books = List.of(new SubCodebook("a", 4), new SubCodebook("b", 2));
    int[] indices = {0, 1, 2, 3, 0, 1, 0, 1};
    Tokens tokens = new Tokens(indices, 1, books, 2, 2);
    assertThat(tokens.index(0, 0, 1, 0)).isEqualTo(2);
    assertThat(tokens.index(0, 1, 0, 1)).isEqualTo(1);
    assertThatThrownBy(() -> new Tokens(indices, 2, books, 2, 2))
        .hasMessageContaining("8 indices do not fill");
    assertThatThrownBy(() -> new Tokens(new int[] {0, 1, 2, 3, 2, 1, 0, 1}, 1, books, 2, 2))
        .hasMessageContaining("index 2 lies outside");
  }

  /** Files of generators list their names with commas between. */
  @Test
  void subCodebook_hasANameWithoutCommas() {
    for (String name : List.of("", " ", "low,high")) {
      assertThatThrownBy(() -> new SubCodebook(name, 4))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageStartingWith("a sub-codebook cannot be called '" + name + "'");
    }
  }
}
