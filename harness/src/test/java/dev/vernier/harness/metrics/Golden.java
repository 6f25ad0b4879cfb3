package dev.vernier.harness.metrics;

import dev.vernier.harness.images.NumpyArray;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Objects;

/** Arrays that the reference implementations took in or gave. */
final class Golden {
  private Golden() {}

  private static NumpyArray array(String name) {
    try {
      URL url = Golden.class.getResource("/fixtures/" + name + ".npy");
      return NumpyArray.read(Path.of(Objects.requireNonNull(url, name).toURI()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  static FeatureMatrix features(String name) {
    NumpyArray array = array(name);
    return new FeatureMatrix(array.floats(), array.shape()[0], array.shape()[1]);
  }

  static double[] doubles(String name) {
    return array(name).doubles();
  }

  static int[] integers(String name) {
    return Arrays.stream(array(name).doubles()).mapToInt(value -> (int) value).toArray();
  }

  static long[] longs(String name) {
    return Arrays.stream(array(name).doubles()).mapToLong(value -> (long) value).toArray();
  }

  static byte[] bytes(String name) {
    return array(name).data();
  }

  static boolean[] flags(String name) {
    byte[] bytes = bytes(name);
    boolean[] flags = new boolean[bytes.length];
    for (int i = 0; i < flags.length; i++) {
      flags[i] = bytes[i] != 0;
    }
    return flags;
  }
}
