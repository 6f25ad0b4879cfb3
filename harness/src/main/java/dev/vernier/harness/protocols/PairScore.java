package dev.vernier.harness.protocols;

import dev.vernier.harness.metrics.AveragePooling;
import dev.vernier.harness.metrics.LumaPsnr;
import dev.vernier.harness.metrics.Psnr;
import dev.vernier.harness.metrics.Ssim;
import dev.vernier.spi.ImageSize;

/** The scores of an original and its reconstruction that papers mean by PSNR and SSIM. */
public enum PairScore {
  /** scikit-image's, but with the cap of {@link Psnr}, which only a perfect pair reaches. */
  PSNR("RGB, peak 255, cap " + Psnr.CAP + " dB", 1) {
    @Override
    public double of(float[] original, float[] other, ImageSize size) {
      return Psnr.of(original, other);
    }
  },
  /** IQA-PyTorch's on the luma alone. */
  LUMA_PSNR("luma of BT.601, peak 255, 80 dB at most", 1) {
    @Override
    public double of(float[] original, float[] other, ImageSize size) {
      return LumaPsnr.of(original, other);
    }
  },
  /** scikit-image's by default. */
  SSIM("uniform 7 x 7, sample covariance, valid, range 255", Ssim.UNIFORM.smallestSide()) {
    @Override
    public double of(float[] original, float[] other, ImageSize size) {
      return Ssim.UNIFORM.of(original, other, size.height(), size.width());
    }
  },
  /** scikit-image's, told a range of 2 for images in [0, 1]. */
  SSIM_OF_TWICE_THE_RANGE(
      "uniform 7 x 7, sample covariance, valid, range 510", Ssim.LLAMAGEN.smallestSide()) {
    @Override
    public double of(float[] original, float[] other, ImageSize size) {
      return Ssim.LLAMAGEN.of(original, other, size.height(), size.width());
    }
  },
  /**
   * piq's: that of Wang et al. (2004) after means over squares, whose side is the nearest whole
   * number to a 256th of the image's shorter side.
   */
  SSIM_OF_REDUCED(
      "Gaussian 11 x 11, sigma 1.5, valid, range 255, after means over squares of"
          + " round(shorter side / 256)",
      Ssim.WANG.smallestSide()) {
    @Override
    public double of(float[] original, float[] other, ImageSize size) {
      // Python rounds halves to even.
      int side = (int) Math.max(1, Math.rint(Math.min(size.height(), size.width()) / 256.0));
      return Ssim.WANG.of(
          AveragePooling.of(original, size.height(), size.width(), side),
          AveragePooling.of(other, size.height(), size.width(), side),
          size.height() / side,
          size.width() / side);
    }
  };

  private final String description;
  private final int smallestSide;

  PairScore(String description, int smallestSide) {
    this.description = description;
    this.smallestSide = smallestSide;
  }

  /** In words, for protocols. */
  public String description() {
    return description;
  }

  /** The smallest side that an image may have. */
  public int smallestSide() {
    return smallestSide;
  }

  /**
   * The score.
   *
   * @param original planar {@code [3, height, width]}, 0 to 255
   * @param other the same
   */
  public abstract double of(float[] original, float[] other, ImageSize size);
}
