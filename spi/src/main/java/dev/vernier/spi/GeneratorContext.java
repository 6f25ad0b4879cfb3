package dev.vernier.spi;

/**
 * What a generator is trained on.
 *
 * @param tokenizer the tokenizer whose tokens it models
 * @param classes how many classes there are
 * @param batchSize token grids a step
 * @param steps how many steps there will be, for schedules
 * @param seed decides initial weights and every random choice in training
 * @param profile whether to log the time of every operation
 */
public record GeneratorContext(
    TokenizerSpec tokenizer, int classes, int batchSize, long steps, long seed, boolean profile) {}
