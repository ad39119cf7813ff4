package dev.tcplay.testing;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import javax.management.JMException;
import javax.management.ObjectName;

/** What the heap of a virtual machine holds, in a file. */
public final class HeapDump {

  private HeapDump() {}

  /** Writes all objects of this virtual machine that something still refers to. */
  public static void write(Path file) throws IOException {
    write(file, true);
  }

  /**
   * Writes all objects of this virtual machine, also those that nothing refers to any more, as far
   * as they were not collected.
   */
  public static void writeAll(Path file) throws IOException {
    write(file, false);
  }

  private static void write(Path file, boolean live) throws IOException {
    ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class)
        .dumpHeap(file.toString(), live);
  }

  /** Returns the classes in some packages of which there are objects that something refers to. */
  public static List<String> classes(String... packages) throws JMException {
    String histogram =
        (String)
            ManagementFactory.getPlatformMBeanServer()
                .invoke(
                    new ObjectName("com.sun.management:type=DiagnosticCommand"),
                    "gcClassHistogram",
                    new Object[] {new String[0]},
                    new String[] {String[].class.getName()});
    return histogram
        .lines()
        .map(line -> line.strip().split(" +"))
        .filter(columns -> columns.length > 3)
        .map(columns -> columns[3])
        .filter(name -> Stream.of(packages).anyMatch(name::startsWith))
        .sorted()
        .toList();
  }

  /**
   * Returns which of some byte strings are in a dump.
   *
   * @param needles at least 4 bytes each, by what they are
   */
  public static Set<String> find(Path dump, Map<String, byte[]> needles) throws IOException {
    byte[] bytes = Files.readAllBytes(dump);
    BitSet starts = new BitSet(1 << 16);
    List<List<Map.Entry<String, byte[]>>> byStart = new ArrayList<>();
    for (int i = 0; i < 1 << 16; i++) {
      byStart.add(List.of());
    }
    for (Map.Entry<String, byte[]> needle : needles.entrySet()) {
      int start = start(needle.getValue(), 0);
      List<Map.Entry<String, byte[]>> more = new ArrayList<>(byStart.get(start));
      more.add(needle);
      byStart.set(start, more);
      starts.set(start);
    }
    Set<String> found = new TreeSet<>();
    for (int i = 0; i + 1 < bytes.length; i++) {
      int start = start(bytes, i);
      if (starts.get(start)) {
        for (Map.Entry<String, byte[]> needle : byStart.get(start)) {
          int end = i + needle.getValue().length;
          if (end <= bytes.length && Arrays.equals(bytes, i, end, needle.getValue(), 0, end - i)) {
            found.add(needle.getKey());
          }
        }
      }
    }
    return found;
  }

  private static int start(byte[] bytes, int at) {
    return (bytes[at] & 0xFF) << 8 | (bytes[at + 1] & 0xFF);
  }
}
