package dev.vernier.engine.nd4j;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataBuffer;
import org.nd4j.linalg.api.buffer.DataType;

class ArenaTest {
  @Test
  void aBlock_isTakenOnce_whateverOthersHoldTheSameNumbers() {
    try (Arena arena = new Arena()) {
      DataBuffer integers = arena.take(DataType.INT32, 12);
      DataBuffer floats = arena.take(DataType.FLOAT, 12);
      arena.release(integers);
      arena.release(floats);
      assertThat(arena.take(DataType.FLOAT, 12)).isSameAs(floats);
      assertThat(arena.take(DataType.FLOAT, 12)).isNotSameAs(floats);
      assertThat(arena.take(DataType.INT32, 12)).isSameAs(integers);
    }
  }
}
