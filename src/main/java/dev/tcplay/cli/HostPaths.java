package dev.tcplay.cli;

import dev.tcplay.block.host.HostKind;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.function.Function;
import picocli.CommandLine.TypeConversionException;

/** Reads the arguments that are paths outside of a volume. */
final class HostPaths {

  private HostPaths() {}

  /** Reads a path; the names of Windows's volumes, such as {@code \\.\C:}, are none to Java. */
  static Path parse(String text) {
    return parse(text, Path::of);
  }

  /** Reads a path as a file system does. */
  static Path parse(String text, Function<String, Path> reader) {
    try {
      return reader.apply(text);
    } catch (InvalidPathException e) {
      throw new TypeConversionException(
          text
              + ": "
              + (HostKind.isDeviceOfWindows(text)
                  ? HostKind.WINDOWS_DEVICE.refusal().orElseThrow()
                  : e.getReason()));
    }
  }
}
