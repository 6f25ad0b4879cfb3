package dev.vernier.autoencoder;

/** What a code keeps of the vector that it stands for. */
public enum CodeForm {
  /** All of it, as near as there is a code. */
  POINT,
  /** Its direction: vectors are normalized to unit length before they are quantized. */
  DIRECTION,
  /** The sign of each of its numbers. */
  SIGNS
}
