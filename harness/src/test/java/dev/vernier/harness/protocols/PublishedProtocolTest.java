package dev.vernier.harness.protocols;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vernier.records.MetricKind;
import dev.vernier.spi.UsageException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PublishedProtocolTest {
  @Test
  void of_names_isThoseProtocols() {
    assertThat(PublishedProtocol.of("all")).containsExactly(PublishedProtocol.values());
    assertThat(PublishedProtocol.of("none")).isEmpty();
    assertThat(PublishedProtocol.of("titok, llamagen"))
        .containsExactly(PublishedProtocol.LLAMAGEN, PublishedProtocol.TITOK);
  }

  @Test
  void of_unknownName_isRefusedWithTheNearest() {
    assertThatThrownBy(() -> PublishedProtocol.of("llamagen,seedvoken"))
        .isInstanceOf(UsageException.class)
        .hasMessage(
            "there is no protocol 'seedvoken'; did you mean 'seed-voken'? Available: llamagen,"
                + " seed-voken, titok, vqgan-lc");
  }

  @Test
  void metrics_belongToOneProtocolEach() {
    List<MetricKind> kinds = new ArrayList<>();
    for (PublishedProtocol each : PublishedProtocol.values()) {
      kinds.add(each.frechet().kind());
      each.pairs().forEach(pair -> kinds.add(pair.kind()));
    }
    assertThat(kinds).doesNotHaveDuplicates().hasSize(10);
  }
}
