package dev.vernier.tokenizers.vq;

import dev.vernier.spi.Declared;

/**
 * The settings of IBQ beside those of the frame.
 *
 * @param size number of codebook entries K
 * @param dimension of an entry, d
 */
record IbqSettings(
    @Declared(
            name = "codebook-size",
            byDefault = "16384",
            from = 1,
            to = 1 << 20,
            meaning = "number of codebook entries K; paper 1024 to 262144")
        int size,
    @Declared(
            name = "code-dimension",
            byDefault = "256",
            from = 1,
            to = 4096,
            meaning = "dimension d of an entry; paper 256")
        int dimension) {}
