/**
 * Event files of TensorBoard, so that a sweep can be watched while it runs with what people have. A
 * file is a series of records, each a protocol buffer {@code Event} between its length and its
 * checksum (TensorFlow's TFRecord format).
 */
package dev.vernier.harness.tensorboard;
