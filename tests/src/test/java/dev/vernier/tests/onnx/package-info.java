/** Models in ONNX files as feature extractors, against plain Java. */
package dev.vernier.tests.onnx;
