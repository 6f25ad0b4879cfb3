package dev.vernier.harness.spark.task;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import org.apache.spark.SparkEnv;
import org.apache.spark.api.java.function.Function;
import org.apache.spark.broadcast.Broadcast;

/** Asks an executor what it has. */
public final class MachineTask implements Function<Integer, MachineReport> {
  private static final long serialVersionUID = 1L;
  private static final int MEBIBYTE = 1 << 20;

  /** Long enough for the tasks of a job to come to all executors. */
  private static final long MILLISECONDS = 200;

  private final WorkerSetup setup;
  private final Broadcast<FileSet> session;
  private final boolean doctor;

  /**
   * A task of a session.
   *
   * @param doctor whether to run {@code vernier doctor} there
   */
  public MachineTask(WorkerSetup setup, Broadcast<FileSet> session, boolean doctor) {
    this.setup = setup;
    this.session = session;
    this.doctor = doctor;
  }

  @Override
  public MachineReport call(Integer number) throws IOException, InterruptedException {
    SparkEnv environment = SparkEnv.get();
    OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    String text = doctor ? ExecutorSite.of(setup, session).examined() : "";
    Thread.sleep(MILLISECONDS);
    return new MachineReport(
        environment.executorId(),
        environment.blockManager().blockManagerId().host(),
        system.getTotalMemorySize() / MEBIBYTE,
        setup.run() != null && ExecutorSite.sees(setup.run(), setup.session()),
        text);
  }
}
