package __package__;

import dev.vernier.spi.Declared;

/**
 * What can be set, on the command line as {@code --set codebook-size=512} or in an experiment.
 *
 * @param codebookSize number of colours K
 * @param block side of a block in pixels
 * @param rate how far a colour moves in a step
 */
record __Name__Settings(
    @Declared(byDefault = "256", from = 2, to = 65536, meaning = "number of colours K")
        int codebookSize,
    @Declared(byDefault = "4", from = 1, to = 256, meaning = "side of a block in pixels") int block,
    @Declared(
            byDefault = "0.1",
            to = 1,
            meaning = "share of its way to the mean of its blocks that a colour moves in a step")
        double rate) {}
