package dev.vernier.nets.published;

import dev.vernier.harness.images.NumpyArray;
import dev.vernier.tests.golden.GoldenCase;
import dev.vernier.tests.golden.GoldenHandler;
import java.util.Map;

/** Resizing before Inception; in the package of the code, since it is not public. */
public final class ResizeCases {
  private ResizeCases() {}

  /** Handlers by case name. */
  public static Map<String, GoldenHandler> handlers() {
    return Map.of("resize_variants", ResizeCases::resize);
  }

  private static void resize(GoldenCase golden) {
    for (int i = 0; i < golden.parameters().get("sizes").size(); i++) {
      golden.expect("tf1x_" + i, resized(golden, BilinearResize.TF1, i));
      golden.expect("torch_half_pixel_" + i, resized(golden, BilinearResize.TORCH, i));
      golden.expect("clean_pil_bicubic_" + i, interleaved(resized(golden, new CleanResize(), i)));
    }
  }

  private static float[] resized(GoldenCase golden, PlaneResize way, int number) {
    NumpyArray image = golden.array("image");
    int height = image.shape()[0];
    int width = image.shape()[1];
    int outHeight = golden.parameters().get("sizes").get(number).get(0).asInt();
    int outWidth = golden.parameters().get("sizes").get(number).get(1).asInt();
    float[] interleaved = image.floats();
    float[] result = new float[3 * outHeight * outWidth];
    for (int c = 0; c < 3; c++) {
      float[] plane = new float[height * width];
      for (int i = 0; i < plane.length; i++) {
        plane[i] = interleaved[3 * i + c];
      }
      way.resize(plane, 0, height, width, result, c * outHeight * outWidth, outHeight, outWidth);
    }
    return result;
  }

  private static float[] interleaved(float[] planar) {
    float[] result = new float[planar.length];
    int area = planar.length / 3;
    for (int i = 0; i < planar.length; i++) {
      result[3 * (i % area) + i / area] = planar[i];
    }
    return result;
  }
}
