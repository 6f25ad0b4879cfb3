package dev.vernier.harness.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vernier.harness.metrics.CodeTable;
import dev.vernier.harness.progress.Progress;
import dev.vernier.records.CodeMap;
import dev.vernier.spi.CodeVectors;
import dev.vernier.spi.ImageSize;
import dev.vernier.spi.SubCodebook;
import dev.vernier.spi.TokenizerSpec;
import dev.vernier.spi.Tokens;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.factory.Nd4j;

class CodeMappingTest {
  private static final List<SubCodebook> BOOKS =
      List.of(new SubCodebook("shape", 8), new SubCodebook("colour", 8));
  private static final TokenizerSpec SPEC =
      new TokenizerSpec("any", new ImageSize(2, 4), 1, BOOKS, 1, 0);

  /** On a line, a unit apart. */
  private static final CodeVectors LINE =
      (book, codes) -> {
        float[] places = new float[codes.length];
        for (int i = 0; i < codes.length; i++) {
          places[i] = codes[i];
        }
        return Nd4j.createFromArray(places).reshape(codes.length, 1);
      };

  private static CodeMap map(int most) {
    CodeTable table = new CodeTable(BOOKS);
    int[] codes = {
      0, 0, 0, 1, 1, 2, 3, 4, /**/ 5, 5, 5, 5, 5, 5, 5, 5, // cat
      0, 1, 1, 1, 1, 2, 2, 6, /**/ 5, 5, 5, 5, 5, 5, 5, 5 // dog
    };
    table.add(new Tokens(codes, 2, BOOKS, 2, 4));
    int[] unlabelled = {7, 7, 7, 7, 7, 7, 7, 0, /**/ 5, 5, 5, 5, 5, 5, 5, 5};
    table.add(new Tokens(unlabelled, 1, BOOKS, 2, 4));
    return new CodeMapping(SPEC, List.of("cat", "dog"), most)
        .map(table, List.of(0, 1, -1), LINE, Progress.NONE);
  }

  @Test
  void codes_haveTheClassTheyOccurInMostOften_theMostFrequentFirst() {
    CodeMap.Book book = map(100).books().get(0);
    assertThat(book.name()).isEqualTo("shape");
    assertThat(book.size()).isEqualTo(8);
    assertThat(book.distinct()).isEqualTo(7);
    assertThat(book.codes()).extracting(CodeMap.Code::index).containsExactly(7, 1, 0, 2, 3, 4, 6);
    assertThat(book.codes())
        .extracting(CodeMap.Code::label)
        .containsExactly(null, "dog", "cat", "dog", "cat", "cat", "dog");
    assertThat(book.codes().get(1).share()).isEqualTo(4 / 6.0);
    assertThat(book.codes().get(2).count()).isEqualTo(5);
    assertThat(book.codes().get(2).share()).isEqualTo(3 / 5.0);
  }

  @Test
  void rareCodes_areLeftOut_andABookOfTooFewCodes() {
    CodeMap map = map(4);
    assertThat(map.books()).hasSize(1);
    assertThat(map.books().get(0).codes())
        .extracting(CodeMap.Code::index)
        .containsExactly(7, 1, 0, 2);
    assertThat(map.books().get(0).distinct()).isEqualTo(7);
  }

  @Test
  void map_isTheSameEveryTime() {
    assertThat(map(5)).isEqualTo(map(5));
  }
}
