/**
 * Weight files: safetensors, read and written, and PyTorch checkpoints, read without ever running
 * what is in them. Damaged or malicious files get one clear line.
 *
 * <p>A model is found in its file whatever it is nested in ({@code state_dict}, {@code module.},
 * {@code _orig_mod.}, {@code first_stage_model.} and the like). Of a model and its moving averages
 * the averages are taken, and that is said, as is every guess: a file does not tell whether codes
 * are normalized. NaN and infinite values are refused, with the array and their number. What a
 * training writes carries {@code SHA256SUMS}, as {@code sha256sum -c} reads it, and is checked
 * whenever it is loaded.
 */
package dev.vernier.weights;
