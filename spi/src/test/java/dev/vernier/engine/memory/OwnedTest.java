package dev.vernier.engine.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class OwnedTest {
  private final List<String> closed = new ArrayList<>();
  private final Owned owned = new Owned();

  @Test
  void closesTheLastFirstAndOnce() {
    owned.add(() -> closed.add("first"));
    owned.add(() -> closed.add("second"));
    owned.close();
    owned.close();
    assertThat(closed).containsExactly("second", "first");
  }

  @Test
  void closesTheOthersWhereOneFails() {
    owned.add(() -> closed.add("first"));
    owned.add(
        () -> {
          throw new IllegalArgumentException("stuck");
        });
    assertThatThrownBy(owned::close)
        .isInstanceOf(IllegalStateException.class)
        .hasRootCauseMessage("stuck");
    assertThat(closed).containsExactly("first");
  }
}
