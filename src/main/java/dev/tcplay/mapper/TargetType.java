package dev.tcplay.mapper;

import dev.tcplay.block.BlockDevice;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/**
 * A type of targets: what their parameters mean.
 *
 * @param name as tables have it
 * @param version of the parameters: of Linux's target that takes the same
 * @param reader makes a recipe of parameters
 */
record TargetType(String name, String version, Reader reader) {

  static final String CRYPT = "crypt";

  /** Bytes in a sector, the unit of all numbers in tables. */
  static final int SECTOR = 512;

  /** Opens the devices below, which a target closes. */
  @FunctionalInterface
  interface Lower {
    BlockDevice open(String name) throws IOException;
  }

  /** Makes a target, once its parameters are known to be right. */
  @FunctionalInterface
  interface Recipe {
    Target make(Lower lower) throws IOException;
  }

  /** Reads parameters. */
  @FunctionalInterface
  interface Reader {
    Recipe read(Parameters parameters) throws MalformedTableException;
  }

  private static final List<TargetType> ALL =
      List.of(
          new TargetType(CRYPT, "1.24.0", CryptTarget::read),
          new TargetType("delay", "1.3.0", PlainTargets::delay),
          new TargetType("error", "1.5.0", PlainTargets::error),
          new TargetType("flakey", "1.5.0", FlakeyTarget::read),
          new TargetType("linear", "1.4.0", PlainTargets::linear),
          new TargetType("log-writes", "1.1.0", LogWritesTarget::read),
          new TargetType("snapshot", "1.16.0", SnapshotTarget::read),
          new TargetType("striped", "1.6.0", PlainTargets::striped),
          new TargetType("zero", "1.1.0", PlainTargets::zero));

  private static final Map<String, TargetType> BY_NAME =
      ALL.stream().collect(java.util.stream.Collectors.toMap(TargetType::name, type -> type));

  static List<TargetType> all() {
    return ALL;
  }

  static TargetType of(String name) throws MalformedTableException {
    TargetType type = BY_NAME.get(name);
    if (type == null) {
      throw new MalformedTableException(
          (name.isEmpty() ? "type of target is missing" : "type of target is unknown: " + name)
              + "; known are "
              + ALL.stream().map(TargetType::name).toList());
    }
    return type;
  }

  /** Returns how to make a target; all parameters are taken then. */
  Recipe recipe(Parameters parameters) throws MalformedTableException {
    parameters.bytes();
    Recipe recipe = reader.read(parameters);
    parameters.end();
    return recipe;
  }
}
