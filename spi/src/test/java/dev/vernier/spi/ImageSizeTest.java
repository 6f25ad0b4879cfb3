package dev.vernier.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ImageSizeTest {
  @ParameterizedTest
  @CsvSource({"32, 32, 32, 32", "54x96, 54, 96, '\"54x96\"'"})
  void textAndJson_areReadBack(String text, int height, int width, String json) throws Exception {
    ImageSize size = new ImageSize(height, width);
    ObjectMapper mapper = new ObjectMapper();
    assertThat(size.text()).isEqualTo(text);
    assertThat(ImageSize.parse(text)).isEqualTo(size);
    assertThat(mapper.writeValueAsString(size)).isEqualTo(json);
    assertThat(mapper.readValue(json, ImageSize.class)).isEqualTo(size);
  }

  @Test
  void specOfSquares_isReadFromTheSideAlone() throws Exception {
    String json =
        "{\"name\":\"t\",\"imageSize\":32,\"downsampling\":8,\"subCodebooks\":"
            + "[{\"name\":\"code\",\"size\":16}],\"codeDimension\":4,\"parameters\":7}";
    TokenizerSpec spec =
        new TokenizerSpec("t", ImageSize.square(32), 8, List.of(new SubCodebook("code", 16)), 4, 7);
    assertThat(new ObjectMapper().readValue(json, TokenizerSpec.class)).isEqualTo(spec);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "0", "-8", "8x", "x8", "0x8", "8x8x8", "8 x 8", "12345678901"})
  void whatIsNoSize_isRefused(String text) {
    assertThatThrownBy(() -> ImageSize.parse(text))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("'" + text + "' is not an image size");
  }

  @Test
  void grid_hasTheImagesProportions() {
    TokenizerSpec spec =
        new TokenizerSpec(
            "t", new ImageSize(54, 96), 6, List.of(new SubCodebook("code", 16)), 4, 7);
    assertThat(spec.gridHeight()).isEqualTo(9);
    assertThat(spec.gridWidth()).isEqualTo(16);
  }
}
