package dev.vernier.spi;

/**
 * An RGB image and its class.
 *
 * @param id names the image within its dataset, such as a relative file name
 * @param label class index from 0, or -1 where the dataset has no classes, or does not say which of
 *     a validation image
 * @param size of the image
 * @param rgb planar {@code [3, height, width]}, row-major, 0 to 255 as unsigned bytes; not to be
 *     changed
 */
@SuppressWarnings(
    "ArrayRecordComponent") // millions of them: no defensive copies, the documentation forbids
// changes instead
public record LabelledImage(String id, int label, ImageSize size, byte[] rgb) {
  /** Checks the number of bytes. */
  public LabelledImage {
    if (rgb.length != 3 * size.area()) {
      throw new IllegalArgumentException(
          "image " + id + " has " + rgb.length + " bytes, not 3 x " + size);
    }
  }
}
