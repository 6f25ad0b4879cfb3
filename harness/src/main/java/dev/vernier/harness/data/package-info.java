/**
 * The datasets that come with Vernier: synthetic scenes, CIFAR-10 binary files, folders of image
 * files with the evaluation preprocessing of the tokenizer papers; and the batches that training
 * draws from any dataset. What an image looks like depends on nothing but the files and the
 * settings: decoding, resampling and random choices use fixed arithmetic.
 */
package dev.vernier.harness.data;
