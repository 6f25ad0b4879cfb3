/**
 * Images and arrays in files: NumPy's {@code .npy} and {@code .npz}, the field's interchange
 * format, and PNG pictures and grids.
 */
package dev.vernier.harness.images;
