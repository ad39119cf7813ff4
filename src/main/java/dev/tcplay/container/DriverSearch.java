package dev.tcplay.container;

import dev.tcplay.fs.FileSystemDriver;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import org.jspecify.annotations.Nullable;

/**
 * Finds the drivers: those that the library's own class loader sees, then those that only the
 * thread's context class loader does, as where an application server keeps the library apart from
 * an application's drivers. Of several drivers with one name the first counts.
 *
 * <p>A driver that cannot be loaded is left out, so that one broken jar does not keep all volumes
 * from being mounted; what is said of a driver that is missed tells of it.
 */
final class DriverSearch {

  /** A service file that cannot be read at all would fail for ever. */
  private static final int MOST_FAILURES = 100;

  private final Map<String, FileSystemDriver> drivers = new LinkedHashMap<>();
  private final List<String> failures = new ArrayList<>();

  /** Searches now. */
  DriverSearch() {
    ClassLoader own = DriverSearch.class.getClassLoader();
    search(own);
    ClassLoader context = Thread.currentThread().getContextClassLoader();
    if (context != null && context != own) {
      search(context);
    }
  }

  private void search(@Nullable ClassLoader loader) {
    Iterator<FileSystemDriver> found =
        ServiceLoader.load(FileSystemDriver.class, loader).iterator();
    while (failures.size() < MOST_FAILURES) {
      try {
        if (!found.hasNext()) {
          return;
        }
        FileSystemDriver driver = found.next();
        drivers.putIfAbsent(Objects.requireNonNull(driver.name(), "a driver without name"), driver);
      } catch (ServiceConfigurationError | LinkageError | RuntimeException e) {
        failures.add(text(e));
      }
    }
  }

  /** An error of the service loader says which driver and in which file; its cause says why. */
  private static String text(Throwable error) {
    Throwable cause = error.getCause();
    return cause == null ? error.toString() : error + ": " + cause;
  }

  /** Returns the drivers by their names, in the order in which they were found. */
  Map<String, FileSystemDriver> drivers() {
    return drivers;
  }

  /** Returns the drivers in the order in which they were found. */
  Collection<FileSystemDriver> all() {
    return drivers.values();
  }

  /**
   * Returns what is to be added to a message that a driver was missed; empty if all were loaded.
   */
  String failures() {
    List<String> told = failures.stream().distinct().toList();
    return told.isEmpty() ? "" : "; drivers that could not be loaded: " + String.join("; ", told);
  }
}
