package dev.vernier.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DeclaredTest {
  private static final List<Setting<?>> SCHEMA = Setting.of(Outer.class);

  private enum Kind {
    PLAIN,
    HALF_OPEN
  }

  private record Sizes(int given) {}

  private record Inner(
      @Declared(byDefault = "half-open", meaning = "a kind") Kind kind,
      @Declared(name = "other-name", byDefault = "1e-3", from = 1e-4, to = 1, meaning = "a number")
          double number) {}

  private record Pictures(
      @Declared(byDefault = "32", from = 8, to = 512, meaning = "of a picture") ImageSize size) {}

  private record Outer(
      @Declared(byDefault = "8", quick = "4", from = 1, to = 16, meaning = "a size") long imageSize,
      Sizes sizes,
      Inner inner,
      @Declared(byDefault = "1,2", from = 1, to = 9, meaning = "widths") List<Integer> widths,
      @Declared(byDefault = "true", meaning = "a switch") boolean l2Norm,
      String label,
      @Declared(
              byDefault = "a",
              choices = {"a", "b"},
              meaning = "a word")
          String word,
      @Declared(meaning = "a path") String file) {
    Outer {
      if (imageSize == 13) {
        throw new UsageException("13 is unlucky");
      }
    }
  }

  private static Outer bound(Map<String, String> given) {
    return Settings.of(SCHEMA, given).bind(Outer.class, new Sizes(7), "label");
  }

  @Test
  void settings_areListedInOrderWithThoseOfNestedRecords() {
    assertThat(SCHEMA.stream().map(Setting::toString))
        .containsExactly(
            "image-size = 8 (1 to 16)",
            "kind = half-open (one of plain, half-open)",
            "other-name = 0.001 (1.0E-4 to 1.0)",
            "widths = 1,2 (comma-separated, each 1 to 9)",
            "l2-norm = true (true or false)",
            "word = a (one of a, b)",
            "file =  (any text)");
    assertThat(SCHEMA.get(2).description()).isEqualTo("a number");
  }

  @Test
  void imageSizes_areReadAndWrittenAsUsersDo() {
    List<Setting<?>> schema = Setting.of(Pictures.class);
    assertThat(schema.get(0).toString())
        .isEqualTo("size = 32 (8 to 512, or HEIGHTxWIDTH of such, as 54x96)");
    Settings wide = Settings.of(schema, Map.of("size", "54x96"));
    assertThat(wide.bind(Pictures.class).size()).isEqualTo(new ImageSize(54, 96));
    assertThat(wide.asText()).containsEntry("size", "54x96");
    assertThat(Settings.of(schema, Map.of("size", "48x48")).asText()).containsEntry("size", "48");
    for (String wrong : List.of("54 x 96", "x96", "54x", "7x96", "54x513", "-8", "wide", "0")) {
      assertThatThrownBy(() -> Settings.of(schema, Map.of("size", wrong)))
          .isInstanceOf(UsageException.class)
          .hasMessage(
              "setting size cannot be '"
                  + wrong
                  + "': it takes 8 to 512, or HEIGHTxWIDTH of such, as 54x96 (default 32)");
    }
    assertThatThrownBy(() -> Settings.of(schema, Map.of("size", "64.0")))
        .hasMessageEndingWith("(default 32): write 64");
  }

  @Test
  void scales_haveTheValuesThatAreDeclaredForThem() {
    assertThat(SCHEMA.get(0).at("quick")).contains("4");
    assertThat(SCHEMA.get(0).at("paper")).isEmpty();
    assertThat(SCHEMA.get(1).at("quick")).isEmpty();
    assertThatThrownBy(() -> SCHEMA.get(0).withScales(Map.of("quick", "17")))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("cannot be '17'");
  }

  @Test
  void bind_makesTheRecordOfTheValues() {
    assertThat(bound(Map.of()))
        .isEqualTo(
            new Outer(
                8,
                new Sizes(7),
                new Inner(Kind.HALF_OPEN, 1e-3),
                List.of(1, 2),
                true,
                "label",
                "a",
                ""));
    Map<String, String> given =
        Map.of("kind", "plain", "other-name", "0.5", "widths", "3", "l2-norm", "off", "word", "b");
    assertThat(bound(given))
        .isEqualTo(
            new Outer(
                8, new Sizes(7), new Inner(Kind.PLAIN, 0.5), List.of(3), false, "label", "b", ""));
  }

  @Test
  void bind_passesOnWhatTheRecordRefuses() {
    assertThatThrownBy(() -> bound(Map.of("image-size", "13")))
        .isInstanceOf(UsageException.class)
        .hasMessage("13 is unlucky");
  }

  @Test
  void bind_needsEveryOtherValueAndEverySetting() {
    Settings settings = Settings.defaults(SCHEMA);
    assertThatThrownBy(() -> settings.bind(Outer.class, new Sizes(7)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("label");
    assertThatThrownBy(() -> settings.bind(Outer.class, new Sizes(7), "label", "more"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("more");
    assertThatThrownBy(() -> Settings.defaults(List.of()).bind(Inner.class))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("no setting kind");
  }
}
