package dev.vernier.records;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vernier.records.Metric.Better;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class MetricKindTest {
  @Test
  void keys_nameOneMetricEach() {
    for (MetricKind kind : MetricKind.values()) {
      assertThat(MetricKind.of(kind.key())).contains(kind);
      assertThat(kind.key()).matches("[a-z_]+");
    }
    assertThat(MetricKind.of("colour")).isEmpty();
    assertThat(Arrays.stream(MetricKind.values()).map(MetricKind::label)).doesNotHaveDuplicates();
  }

  @Test
  void judge_hasADirection() {
    for (MetricKind kind : MetricKind.values()) {
      assertThat(kind.judge().better()).as(kind.key()).isNotEqualTo(Better.NEITHER);
      assertThat(kind.judge().judge()).isEqualTo(kind.judge());
    }
    assertThat(MetricKind.USAGE.judge()).isEqualTo(MetricKind.RFID);
    assertThat(MetricKind.PSNR.judge()).isEqualTo(MetricKind.PSNR);
  }

  @Test
  void metric_saysWhatItWasComputedFrom() {
    Metric metric = Metric.of(MetricKind.RFID, " (dataset features)", 2, Optional.empty(), 9, "p");
    assertThat(metric)
        .isEqualTo(new Metric("rFID (dataset features)", 2, null, null, 9, Better.LOWER, "p"));
  }
}
