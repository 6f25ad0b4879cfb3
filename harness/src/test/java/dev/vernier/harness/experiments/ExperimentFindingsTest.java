package dev.vernier.harness.experiments;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vernier.records.Finding;
import dev.vernier.records.Finding.Place;
import dev.vernier.spi.UsageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExperimentFindingsTest {
  private static final String METHODS =
      """
      name: mine
      methods:
        - {method: A, tokenizer: a}
        - {method: B, tokenizer: b}
      findings:
      """;

  /** Without a place a method is meant at every size, and the other one at the same. */
  private static final String CLAIMS =
      """
      fig1 F1: rfid of FQGAN-Dual < VQGAN
      fig1 F2: rfid of FQGAN-Triple < FQGAN-Dual
      fig1 F3: usage of VQGAN at LARGEST < VQGAN at SMALLEST
      fig1 F3: usage of VQ-LC at LARGEST > 0.95
      fig1 F4: rfid of LFQ at LARGEST < LFQ at SMALLEST
      fig1 F4: rfid of FQGAN-Dual at BEFORE_LARGEST < LFQ at LARGEST
      rate R1: rfid of FQGAN-Dual at LARGEST < VQGAN at LARGEST
      rate R1: rfid of FQGAN-Dual at LARGEST < VQ-LC at LARGEST
      rate R1: rfid of FQGAN-Dual at LARGEST < LFQ at LARGEST
      rate R2: rfid of FQGAN-Triple at LARGEST < VQGAN at LARGEST
      rate R2: rfid of FQGAN-Triple at LARGEST < VQ-LC at LARGEST
      rate R2: rfid of FQGAN-Triple at LARGEST < LFQ at LARGEST
      table2 T2: gfid of FQ AR, samples at LARGEST < VQ AR, samples at LARGEST
      table3 F5: rfid of FQGAN-Dual + disentanglement < FQGAN-Dual
      table3 F5: rfid of FQGAN-Dual + representation < FQGAN-Dual
      table3 F5: rfid of FQGAN-Dual + both < FQGAN-Dual
      table3 F5: rfid of FQGAN-Dual + both < FQGAN-Dual + disentanglement
      table3 F5: rfid of FQGAN-Dual + both < FQGAN-Dual + representation
      table4 F6: gfid of factorized AR head, top-k quarter < k linear classifiers, top-k quarter
      table4 F6: gfid of factorized AR head, top-k quarter < k MLP classifiers, top-k quarter
      table4 F6: gfid of factorized AR head, top-k half < k linear classifiers, top-k half
      table4 F6: gfid of factorized AR head, top-k half < k MLP classifiers, top-k half
      table4 F6: nll_bits_per_position of factorized AR head < k linear classifiers
      table4 F6: nll_bits_per_position of factorized AR head < k MLP classifiers
      """;

  @TempDir Path folder;

  private Experiment load(String findings) throws IOException {
    Path file = folder.resolve("mine.yaml");
    Files.writeString(file, METHODS + findings);
    return Experiment.load(file.toString());
  }

  @Test
  void checks_areReadAsWritten() throws IOException {
    Experiment experiment =
        load(
            """
              - name: F1
                claim: A uses more than 95% where B is largest.
                checks:
                  - {metric: usage, method: A, at: largest, higher-than: 0.95}
                  - {metric: rfid, method: A, lower-than: B, other-at: smallest}
            """);
    assertThat(experiment.findings())
        .singleElement()
        .satisfies(
            finding ->
                assertThat(finding.checks())
                    .containsExactly(
                        new Finding.Check("usage", "A", Place.LARGEST, null, "0.95", null),
                        new Finding.Check(
                            "rfid", "A", Place.EVERY_SIZE, "B", null, Place.SMALLEST)));
    assertThat(experiment.findings().get(0).checks().get(0).bound()).contains(0.95);
    assertThat(experiment.findings().get(0).checks().get(1).bound()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"fig1", "table2", "table3", "table4"})
  void builtInExperiments_declareWhatThePaperFound(String name) throws IOException {
    assertThat(Experiment.load(name).findings())
        .isNotEmpty()
        .extracting(Finding::source)
        .containsOnly("the FQGAN paper");
  }

  @Test
  void rate_claimsOnItsOwn() throws IOException {
    assertThat(Experiment.load("rate").findings()).extracting(Finding::source).containsOnlyNulls();
  }

  @Test
  void builtInExperiments_claimTheseAndNothingElse() throws IOException {
    List<String> claims = new ArrayList<>();
    for (String name : Experiment.BUILT_IN) {
      for (Finding finding : Experiment.load(name).findings()) {
        for (Finding.Check check : finding.checks()) {
          claims.add(name + " " + finding.name() + ": " + line(check));
        }
      }
    }
    assertThat(claims).containsExactlyElementsOf(CLAIMS.lines().toList());
  }

  private static String line(Finding.Check check) {
    return check.metric()
        + " of "
        + check.method()
        + (check.at() == Place.EVERY_SIZE ? "" : " at " + check.at())
        + (check.lowerThan() == null ? " > " : " < ")
        + check.other()
        + (check.otherAt() == null ? "" : " at " + check.otherAt());
  }

  @Test
  void ownClaims_haveNoSource() throws IOException {
    String begin = "  - {name: F1, claim: c, ";
    String checks = "checks: [{metric: rfid, method: A, lower-than: B}]}\n";
    assertThat(load(begin + checks).findings()).extracting(Finding::source).containsOnlyNulls();
    assertThat(load(begin + "source: TiTok, " + checks).findings())
        .extracting(Finding::source)
        .containsExactly("TiTok");
    assertThatThrownBy(() -> load(begin + "source: ' ', " + checks))
        .hasMessageContaining("line 6: 'source' of finding F1 is blank");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {metric: rfd, method: A, lower-than: B}                        | did you mean 'rfid'
          {metric: rfid, method: AA, lower-than: B}                      | there is no method 'AA'
          {metric: rfid, method: A, lower-than: C}                       | there is no method 'C'
          {metric: rfid, method: A, lower-then: B}                       | did you mean 'lower-than'
          {metric: rfid, method: A, at: larges, lower-than: B}           | did you mean 'largest'
          {metric: rfid, method: A}                                      | needs one of 'lower-than'
          {metric: rfid, method: A, lower-than: B, higher-than: B}       | needs one of 'lower-than'
          {metric: rfid, lower-than: B}                                  | needs 'metric' and 'method'
          {metric: rfid, method: A, lower-than: A}                       | compares A with itself
          {metric: rfid, method: A, at: largest, lower-than: A, other-at: largest} | compares A with itself
          {metric: rfid, method: A, lower-than: B, other-at: every-size} | names one size
          {metric: rfid, method: A, lower-than: 3, other-at: largest}    | a number has no size
          """)
  void wrongChecks_areRefusedInOneLine(String check, String message) {
    assertThatThrownBy(() -> load("  - {name: F1, claim: c, checks: [" + check + "]}\n"))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining(message)
        .extracting(each -> each.getMessage().lines().count())
        .isEqualTo(1L);
  }

  @Test
  void findingsWithoutChecksOrWithOneName_areRefused() {
    assertThatThrownBy(() -> load("  - {name: F1, claim: c}\n"))
        .hasMessageContaining("needs 'name', 'claim' and 'checks'");
    String one = "  - {name: F1, claim: c, checks: [{metric: rfid, method: A, lower-than: B}]}\n";
    assertThatThrownBy(() -> load(one + one)).hasMessageContaining("two findings are called 'F1'");
  }
}
