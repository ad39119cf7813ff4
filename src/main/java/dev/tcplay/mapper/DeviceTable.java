package dev.tcplay.mapper;

import java.util.List;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/**
 * A device as it is to be created: what {@code dmsetup create} is told.
 *
 * @param name 1 to 127 letters, digits and {@code # + - . : = @ _}
 * @param uuid another name, for good, of up to 128 such characters; empty for none
 * @param minor its number, empty for any that is free
 * @param readOnly whether writes are refused
 * @param table how it is mapped; empty for a device without a table. It stays its owner's
 */
public record DeviceTable(
    String name, String uuid, OptionalInt minor, boolean readOnly, Table table) {

  private static final String CHARACTERS = "[0-9A-Za-z#+\\-.:=@_]";
  private static final Pattern NAME = Pattern.compile(CHARACTERS + "{1,127}");
  private static final Pattern UUID = Pattern.compile(CHARACTERS + "{0,128}");

  /** Numbers of devices that there can be in Linux. */
  private static final int MOST_MINORS = 1 << 20;

  /**
   * Checks names and number.
   *
   * @throws IllegalArgumentException if one cannot be; it says which
   */
  public DeviceTable {
    checkName(name);
    if (!UUID.matcher(uuid).matches()) {
      throw new IllegalArgumentException(
          "uuid must have up to 128 letters, digits and # + - . : = @ _");
    } else if (minor.isPresent() && (minor.getAsInt() < 0 || minor.getAsInt() >= MOST_MINORS)) {
      throw new IllegalArgumentException("minor is not below 1048576: " + minor.getAsInt());
    }
  }

  /** Makes a writable device without another name, of any number. */
  public DeviceTable(String name, Table table) {
    this(name, "", OptionalInt.empty(), false, table);
  }

  static void checkName(String name) {
    if (!NAME.matcher(name).matches() || name.matches("\\.|\\.\\.|control")) {
      throw new IllegalArgumentException(
          "name must have 1 to 127 letters, digits and # + - . : = @ _, and not be . or .. or control: "
              + name);
    }
  }

  /**
   * Returns tables as text: that of one device by itself, and of several each behind a line {@code
   * # NAME}.
   *
   * @param showKeys as for {@link Table#print}; the caller wipes the text
   */
  public static byte[] print(List<DeviceTable> devices, boolean showKeys) {
    try (WipedText out = new WipedText()) {
      for (DeviceTable device : devices) {
        if (devices.size() > 1) {
          out.add("# " + device.name() + "\n");
        }
        device.table().print(out, showKeys, word -> word, "\n");
      }
      return out.toBytes();
    }
  }

  /**
   * Returns devices as one line, as {@code dmsetup create --concise} takes them: {@code
   * NAME,UUID,MINOR,FLAGS,LINE[,LINE...]} with semicolons between devices.
   *
   * @param showKeys as for {@link Table#print}; the caller wipes the text
   */
  public static byte[] printConcise(List<DeviceTable> devices, boolean showKeys) {
    try (WipedText out = new WipedText()) {
      String between = "";
      for (DeviceTable device : devices) {
        String number =
            device.minor().isPresent() ? Integer.toString(device.minor().getAsInt()) : "";
        String flags = device.readOnly() ? "ro" : "rw";
        out.add(between).add(String.join(",", device.name(), device.uuid(), number, flags));
        for (TableLine line : device.table().lines()) {
          out.add(",");
          line.print(out, showKeys, DeviceTable::escaped);
        }
        between = ";";
      }
      return out.add("\n").toBytes();
    }
  }

  private static String escaped(String word) {
    return word.replaceAll("[\\\\,;]", "\\\\$0");
  }
}
