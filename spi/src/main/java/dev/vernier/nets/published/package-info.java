/**
 * Nets whose weights were published with papers, so that numbers from them can be compared with
 * those in papers: the Inception-v3 of the Frechet Inception distance, and LPIPS. The user supplies
 * the weight files; nothing of them ships with the program. Where they measure, the nets run in
 * batches of a fixed size, so that an image's result does not depend on the company it came in;
 * LPIPS can also be laid into a training graph.
 */
package dev.vernier.nets.published;
