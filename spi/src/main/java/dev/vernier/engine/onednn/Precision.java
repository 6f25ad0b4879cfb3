package dev.vernier.engine.onednn;

import dev.vernier.spi.UsageException;
import org.bytedeco.dnnl.global.dnnl;

/** What products and convolutions may compute in; numbers are stored in single precision always. */
enum Precision {
  /** Single precision. */
  FP32(dnnl.fpmath_mode.strict),
  /** Factors rounded to bfloat16 where the processor has AMX, sums in single precision. */
  BF16(dnnl.fpmath_mode.bf16);

  private static final String VARIABLE = "VERNIER_MATH";

  private final dnnl.fpmath_mode mode;

  Precision(dnnl.fpmath_mode mode) {
    this.mode = mode;
  }

  dnnl.fpmath_mode mode() {
    return mode;
  }

  /**
   * The one that {@code VERNIER_MATH} names; single precision by default.
   *
   * @throws UsageException if it names none
   */
  static Precision chosen() {
    String name = System.getenv().getOrDefault(VARIABLE, "fp32");
    return switch (name) {
      case "fp32" -> FP32;
      case "bf16" -> BF16;
      default ->
          throw new UsageException(VARIABLE + " cannot be '" + name + "': it is fp32 or bf16");
    };
  }
}
