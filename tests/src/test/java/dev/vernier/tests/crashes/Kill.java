package dev.vernier.tests.crashes;

import dev.vernier.tests.endtoend.Outcome;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** {@code kill -9}. */
enum Kill implements Harm {
  /** All processes of a run at once. */
  GROUP {
    @Override
    List<ProcessHandle> victims(Process process, Random random) {
      List<ProcessHandle> all = new ArrayList<>(List.of(process.toHandle()));
      all.addAll(Place.workers(process));
      return all;
    }
  },

  /** The one that was started; its workers have to notice. */
  FIRST {
    @Override
    List<ProcessHandle> victims(Process process, Random random) {
      return List.of(process.toHandle());
    }
  },

  /** A worker, in whose place another goes on. */
  WORKER {
    @Override
    List<ProcessHandle> victims(Process process, Random random) {
      List<ProcessHandle> workers = new ArrayList<>(Place.workers(process));
      Collections.shuffle(workers, random);
      return workers.subList(0, Math.min(1, workers.size()));
    }

    @Override
    public boolean allows(Outcome outcome) {
      return Harm.isOrderly(outcome);
    }
  };

  abstract List<ProcessHandle> victims(Process process, Random random);

  @Override
  public void strike(Place place, Process process, List<String> command, Random random) {
    victims(process, random).forEach(ProcessHandle::destroyForcibly);
  }

  /** Killed, or done before. */
  @Override
  public boolean allows(Outcome outcome) {
    return outcome.code() == 137 || outcome.code() == 0;
  }
}
