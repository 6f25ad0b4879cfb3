package dev.vernier.harness.cluster;

import dev.vernier.spi.NearestName;
import dev.vernier.spi.UsageException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;

/** Connects to clusters of one kind. */
public interface ClusterProvider {
  /** The name of this machine, which needs no provider. */
  String LOCAL = "local";

  /** What {@code --executor} calls it. */
  String name();

  /**
   * Connects.
   *
   * @throws UsageException if it cannot, or if the cluster is no place for cells
   */
  Cluster connect(ClusterOptions options) throws IOException;

  /**
   * Writes what each machine of a cluster offers, and what is missing there.
   *
   * @param plugins folder of the jars that they are sent; it may be absent
   * @return whether cells can run on all of them
   * @throws UsageException if it cannot be reached
   */
  boolean examine(ClusterOptions options, Path plugins, PrintWriter out) throws IOException;

  /**
   * Finds one by name.
   *
   * @throws UsageException if this build has none of that name
   */
  static ClusterProvider named(String name) {
    List<String> names = new ArrayList<>(List.of(LOCAL));
    for (ClusterProvider each :
        ServiceLoader.load(ClusterProvider.class, ClusterProvider.class.getClassLoader())) {
      if (each.name().equals(name)) {
        return each;
      }
      names.add(each.name());
    }
    if (name.equals("spark")) {
      throw new UsageException(
          "this build has no Spark: 'mvn package -Pspark -DskipTests' in the source tree makes"
              + " harness/spark/target/vernier-spark.jar, which spark-submit takes with the same"
              + " arguments");
    }
    throw new UsageException(NearestName.unknown("executor", name, names));
  }
}
