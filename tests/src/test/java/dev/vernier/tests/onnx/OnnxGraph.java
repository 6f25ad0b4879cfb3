package dev.vernier.tests.onnx;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Writes small ONNX models. Field numbers are those of onnx.proto. */
public final class OnnxGraph {
  /** A side of a shape that the model leaves open. */
  public static final long ANY = -1;

  private static final int IR_VERSION = 8;
  private static final int OPSET = 13;
  private static final int FLOAT = 1;
  static final int INT32 = 6;
  public static final int INT64 = 7;
  private static final int EXTERNAL = 1;
  private static final int ATTRIBUTE_INTS = 7;
  private static final int ATTRIBUTE_INT = 2;
  private final Message graph = new Message().text(2, "graph");

  /** An input of floats. */
  public OnnxGraph input(String name, long... shape) {
    graph.message(11, valueInfo(name, FLOAT, shape));
    return this;
  }

  /** An input of whole numbers of a type. */
  OnnxGraph integerInput(String name, int type, long... shape) {
    graph.message(11, valueInfo(name, type, shape));
    return this;
  }

  /** An output of whole numbers of a type. */
  OnnxGraph integerOutput(String name, int type, long... shape) {
    graph.message(12, valueInfo(name, type, shape));
    return this;
  }

  /** An output of floats. */
  public OnnxGraph output(String name, long... shape) {
    graph.message(12, valueInfo(name, FLOAT, shape));
    return this;
  }

  private static Message valueInfo(String name, int type, long... shape) {
    Message sides = new Message();
    for (int i = 0; i < shape.length; i++) {
      Message side = new Message();
      sides.message(1, shape[i] == ANY ? side.text(2, "any" + i) : side.number(1, shape[i]));
    }
    Message tensor = new Message().number(1, type).message(2, sides);
    return new Message().text(1, name).message(2, new Message().message(1, tensor));
  }

  /** An array of floats among the weights. */
  public OnnxGraph weights(String name, float[] values, long... shape) {
    byte[] raw = new byte[Float.BYTES * values.length];
    littleEndian(raw).asFloatBuffer().put(values);
    graph.message(5, tensor(name, FLOAT, shape).bytes(9, raw));
    return this;
  }

  /** A list of whole numbers among the weights. */
  public OnnxGraph integers(String name, long... values) {
    byte[] raw = new byte[Long.BYTES * values.length];
    littleEndian(raw).asLongBuffer().put(values);
    graph.message(5, tensor(name, INT64, values.length).bytes(9, raw));
    return this;
  }

  /** An array of floats in a file beside. */
  OnnxGraph weightsElsewhere(String name, String file, long... shape) {
    Message location = new Message().text(1, "location").text(2, file);
    graph.message(5, tensor(name, FLOAT, shape).message(13, location).number(14, EXTERNAL));
    return this;
  }

  private static ByteBuffer littleEndian(byte[] bytes) {
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static Message tensor(String name, int type, long... shape) {
    return new Message().numbers(1, shape).number(2, type).text(8, name);
  }

  /** A node without attributes. */
  public OnnxGraph node(String type, List<String> inputs, String output) {
    graph.message(1, nodeOf(type, inputs, output));
    return this;
  }

  /** A node with an attribute that is a list of whole numbers. */
  public OnnxGraph node(
      String type, List<String> inputs, String output, String attribute, long... values) {
    Message ints = attribute(attribute, ATTRIBUTE_INTS).numbers(8, values);
    graph.message(1, nodeOf(type, inputs, output).message(5, ints));
    return this;
  }

  /** A node with two attributes that are lists of whole numbers. */
  public OnnxGraph windows(
      String type, List<String> inputs, String output, int kernel, int stride) {
    Message kernels = attribute("kernel_shape", ATTRIBUTE_INTS).numbers(8, kernel, kernel);
    Message strides = attribute("strides", ATTRIBUTE_INTS).numbers(8, stride, stride);
    graph.message(1, nodeOf(type, inputs, output).message(5, kernels).message(5, strides));
    return this;
  }

  /** A concatenation. */
  public OnnxGraph concat(List<String> inputs, String output, int axis) {
    return number("Concat", inputs, output, "axis", axis);
  }

  /** A node with an attribute that is a whole number. */
  OnnxGraph number(String type, List<String> inputs, String output, String attribute, int number) {
    Message value = attribute(attribute, ATTRIBUTE_INT).number(3, number);
    graph.message(1, nodeOf(type, inputs, output).message(5, value));
    return this;
  }

  private static Message attribute(String name, int type) {
    return new Message().text(1, name).number(20, type);
  }

  private static Message nodeOf(String type, List<String> inputs, String output) {
    Message node = new Message();
    inputs.forEach(input -> node.text(1, input));
    return node.text(2, output).text(4, type);
  }

  /** Writes the model. */
  public Path write(Path file) throws IOException {
    Message opset = new Message().text(1, "").number(2, OPSET);
    Message model = new Message().number(1, IR_VERSION).message(8, opset).message(7, graph);
    return Files.write(file, model.toBytes());
  }
}
