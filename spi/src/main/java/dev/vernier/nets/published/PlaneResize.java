package dev.vernier.nets.published;

/** A way to bring one plane of an image to another size. */
interface PlaneResize {
  /**
   * Resizes one plane.
   *
   * @param source {@code [height, width]} at {@code sourceAt}
   * @param target takes {@code [outHeight, outWidth]} at {@code targetAt}
   */
  void resize(
      float[] source,
      int sourceAt,
      int height,
      int width,
      float[] target,
      int targetAt,
      int outHeight,
      int outWidth);
}
