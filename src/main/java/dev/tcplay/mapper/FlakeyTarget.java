package dev.tcplay.mapper;

import dev.tcplay.block.BlockDevice;
import dev.tcplay.block.FlakeyDevice;
import dev.tcplay.block.FlakeyDevice.Fault;
import dev.tcplay.block.FlakeyDevice.Operation;
import dev.tcplay.mapper.PlainTargets.Place;
import dev.tcplay.mapper.TargetType.Recipe;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * {@code flakey DEVICE OFFSET UP DOWN [N FEATURES...]}: serves for UP seconds, and is down for DOWN
 * seconds, by turns.
 */
record FlakeyTarget(BlockDevice device) implements Target {

  private static final String DROP_WRITES = "drop_writes";
  private static final String ERROR_WRITES = "error_writes";
  private static final String ERROR_READS = "error_reads";

  /** In Linux's order. */
  private static final List<String> FEATURES = List.of(ERROR_READS, DROP_WRITES, ERROR_WRITES);

  /** The parameters before the features. */
  private static final int PARAMETERS = 4;

  static Recipe read(Parameters from) throws MalformedTableException {
    long bytes = from.bytes();
    Place place = Place.read(from, "");
    long up = from.number("up interval", 0, Integer.MAX_VALUE);
    long down = from.number("down interval", 0, Integer.MAX_VALUE);
    if (up + down == 0) {
      throw from.wrong("both intervals are 0");
    }
    List<String> features = from.options("features");
    check(features, from);
    return lower -> new FlakeyTarget(device(place.window(lower, bytes), up, down, features));
  }

  private static void check(List<String> features, Parameters from) throws MalformedTableException {
    for (String feature : features) {
      if (!FEATURES.contains(feature)) {
        throw from.wrong("feature is unknown here: " + feature);
      }
    }
    if (features.contains(DROP_WRITES) && features.contains(ERROR_WRITES)) {
      throw from.wrong("features drop_writes and error_writes exclude each other");
    }
    if (features.stream().distinct().count() < features.size()) {
      throw from.wrong("a feature is named twice: " + features);
    }
  }

  private static BlockDevice device(BlockDevice window, long up, long down, List<String> features) {
    long start = System.nanoTime();
    return new FlakeyDevice(
        window,
        (number, operation, position, length) -> {
          long second = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - start);
          return second % (up + down) < up ? Fault.NONE : fault(features, operation);
        });
  }

  /** Without features all fail while the device is down; else those that a feature names. */
  private static Fault fault(List<String> features, Operation operation) {
    boolean reads = operation == Operation.READ;
    if (features.isEmpty() || features.contains(reads ? ERROR_READS : ERROR_WRITES)) {
      return Fault.FAIL;
    }
    return !reads && features.contains(DROP_WRITES) ? Fault.DROP : Fault.NONE;
  }

  @Override
  public List<String> printed(List<String> words) {
    return Parameters.ordered(words, PARAMETERS, FEATURES, true);
  }
}
