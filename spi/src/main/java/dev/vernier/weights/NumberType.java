package dev.vernier.weights;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;

/** The number types of weight files, and how each becomes a float. */
enum NumberType {
  F64("F64", "DoubleStorage", 8),
  F32("F32", "FloatStorage", 4),
  F16("F16", "HalfStorage", 2),
  BF16("BF16", "BFloat16Storage", 2),
  I64("I64", "LongStorage", 8),
  I32("I32", "IntStorage", 4),
  I16("I16", "ShortStorage", 2),
  I8("I8", "CharStorage", 1),
  U8("U8", "ByteStorage", 1),
  BOOL("BOOL", "BoolStorage", 1);

  private final String safetensors;
  private final String storage;
  private final int bytes;

  NumberType(String safetensors, String storage, int bytes) {
    this.safetensors = safetensors;
    this.storage = storage;
    this.bytes = bytes;
  }

  /** By the name that safetensors gives it. */
  static Optional<NumberType> of(String safetensors) {
    return Arrays.stream(values()).filter(each -> each.safetensors.equals(safetensors)).findFirst();
  }

  /** By the name of PyTorch's storage class. */
  static Optional<NumberType> ofStorage(String storage) {
    return Arrays.stream(values()).filter(each -> each.storage.equals(storage)).findFirst();
  }

  int bytes() {
    return bytes;
  }

  float[] floats(ByteBuffer buffer, int count) {
    float[] values = new float[count];
    if (this == F32) {
      buffer.asFloatBuffer().get(values);
    } else {
      for (int i = 0; i < count; i++) {
        values[i] = next(buffer);
      }
    }
    return values;
  }

  private float next(ByteBuffer buffer) {
    return switch (this) {
      case F64 -> (float) buffer.getDouble();
      case F32 -> buffer.getFloat();
      case F16 -> half(buffer.getShort());
      case BF16 -> Float.intBitsToFloat(buffer.getShort() << 16);
      case I64 -> buffer.getLong();
      case I32 -> buffer.getInt();
      case I16 -> buffer.getShort();
      case I8, BOOL -> buffer.get();
      case U8 -> buffer.get() & 0xff;
    };
  }

  /** IEEE 754 half precision; Java has a method for it only from version 20 on. */
  private static float half(short bits) {
    int exponent = (bits >> 10) & 0x1f;
    int fraction = bits & 0x3ff;
    float magnitude =
        exponent == 0
            ? fraction * 0x1p-24f
            : exponent == 31
                ? (fraction == 0 ? Float.POSITIVE_INFINITY : Float.NaN)
                : (1 + fraction * 0x1p-10f) * (float) Math.pow(2, exponent - 15);
    return bits < 0 ? -magnitude : magnitude;
  }
}
