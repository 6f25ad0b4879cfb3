package dev.vernier.harness.runs;

import dev.vernier.harness.experiments.CellPlan;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Hands out cells in their order, each once all that it stands on is done. Safe for threads. */
public final class Schedule {
  private final List<CellPlan> waiting;
  private final Set<String> open;
  private boolean stopped;

  /** A schedule of cells; what one stands on is among them, or done already. */
  public Schedule(List<CellPlan> cells) {
    this.waiting = new ArrayList<>(cells);
    this.open = cells.stream().map(CellPlan::id).collect(Collectors.toCollection(HashSet::new));
  }

  /** The next cell, once there is one; empty where there are no more. */
  public synchronized Optional<CellPlan> next() throws InterruptedException {
    while (!stopped && !waiting.isEmpty()) {
      Optional<CellPlan> ready =
          waiting.stream()
              .filter(each -> each.inputs().stream().noneMatch(open::contains))
              .findFirst();
      if (ready.isPresent()) {
        waiting.remove(ready.get());
        return ready;
      }
      wait();
    }
    return Optional.empty();
  }

  /** Says that a cell has its result, whatever that is. */
  public synchronized void done(CellPlan cell) {
    open.remove(cell.id());
    notifyAll();
  }

  /** Hands out no more. */
  public synchronized void stop() {
    stopped = true;
    notifyAll();
  }
}
