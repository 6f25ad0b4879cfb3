package dev.vernier.harness.experiments;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vernier.records.Finding;
import dev.vernier.records.Finding.Place;
import dev.vernier.spi.UsageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
  void rate_claimsOnItsOwnThatFactorizedCodesAreBetterThanEachOtherMethod() throws IOException {
    List<Finding> findings = Experiment.load("rate").findings();
    assertThat(findings).extracting(Finding::source).containsOnlyNulls();
    assertThat(checks("rate"))
        .containsExactly(
            "rfid FQGAN-Dual < VQGAN",
            "rfid FQGAN-Dual < VQ-LC",
            "rfid FQGAN-Dual < LFQ",
            "rfid FQGAN-Triple < VQGAN",
            "rfid FQGAN-Triple < VQ-LC",
            "rfid FQGAN-Triple < LFQ");
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

  @Test
  void tablesOfGenerators_claimThatTheFactorizedHeadIsBest() throws IOException {
    assertThat(checks("table4"))
        .containsExactly(
            "gfid factorized AR head, top-k quarter < k linear classifiers, top-k quarter",
            "gfid factorized AR head, top-k quarter < k MLP classifiers, top-k quarter",
            "gfid factorized AR head, top-k half < k linear classifiers, top-k half",
            "gfid factorized AR head, top-k half < k MLP classifiers, top-k half",
            "nll_bits_per_position factorized AR head < k linear classifiers",
            "nll_bits_per_position factorized AR head < k MLP classifiers");
  }

  private static List<String> checks(String experiment) throws IOException {
    return Experiment.load(experiment).findings().stream()
        .flatMap(finding -> finding.checks().stream())
        .map(check -> check.metric() + " " + check.method() + " < " + check.lowerThan())
        .toList();
  }
}
