package dev.vernier.harness.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VernierTest {
  private static final String FULL = "No space left on device";

  @Test
  void fullDisk_isThatOfTheFile_orOfNoneThatIsKnown() {
    assertThat(Vernier.explanation(new FileSystemException("/run/cell", null, FULL)))
        .hasValueSatisfying(
            line -> assertThat(line).startsWith("there is no room for /run/cell: "));
    assertThat(Vernier.explanation(new UncheckedIOException(new IOException(FULL))))
        .hasValueSatisfying(
            line ->
                assertThat(line)
                    .startsWith("a disk is full, ")
                    .contains(System.getProperty("java.io.tmpdir"))
                    .hasLineCount(1));
  }

  @Test
  void inputThatFailsWithoutWords_isToldByItsKind() {
    assertThat(Vernier.explanation(new EOFException()))
        .hasValue("reading or writing failed (EOFException)");
  }

  @ParameterizedTest
  @CsvSource({
    "run, --workers, two, 2147483647",
    "run, --seeds, 2147483648, 2147483647",
    "run, --cell-memory, 1.5, 2147483647",
    "sample, --seed, 1e3, 9223372036854775807"
  })
  void textInPlaceOfANumber_isToldInPlainWords(
      String command, String option, String text, String largest) {
    Outcome outcome = Outcome.of(command, option, text);
    assertThat(outcome.code()).isEqualTo(2);
    assertThat(outcome.err().lines())
        .singleElement()
        .asString()
        .contains(option + "'", "'" + text + "' is not a whole number up to " + largest + "; see");
  }

  /** Files of results have the same digits wherever they are written. */
  @Test
  void numbers_haveTheDigitsOfNoCountry() {
    Locale before = Locale.getDefault();
    try {
      Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
      assertThat("%d".formatted(5)).isNotEqualTo("5");
      assertThat(Vernier.execute("list")).isZero();
      assertThat("%d".formatted(5)).isEqualTo("5");
    } finally {
      Locale.setDefault(before);
    }
  }
}
