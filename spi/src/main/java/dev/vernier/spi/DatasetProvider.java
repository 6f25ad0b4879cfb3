package dev.vernier.spi;

import java.io.IOException;

/** Opens datasets of one kind. */
public interface DatasetProvider extends Provider {
  /** The name of the setting for the {@link ImageSize}, where it can be chosen. */
  String IMAGE_SIZE = "image-size";

  /**
   * Opens a dataset.
   *
   * @param location what follows {@code name:} in the user's {@code --data}; empty where nothing
   *     does
   * @param settings the kind's own settings, {@link #IMAGE_SIZE} among them where it can be chosen
   * @throws UsageException if there is nothing usable at the location
   */
  ImageDataset open(String location, Settings settings) throws IOException;
}
