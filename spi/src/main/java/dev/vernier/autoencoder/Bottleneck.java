package dev.vernier.autoencoder;

/**
 * What a family puts between the encoder's trunk and the decoder, in training and after it. It
 * describes; the state of a training is a {@link CodebookUpkeep}'s.
 */
public interface Bottleneck extends Passage, Coding {}
