package dev.tcplay.fs.fat;

import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/** Looks at the labels in one directory. Not safe for threads. */
final class LabelCheck {

  private static final String NONE = "NO NAME    ";

  private final boolean isRoot;
  private final String bootLabel;
  private int labels;

  /**
   * Starts before the first slot.
   *
   * @param isRoot whether the directory may have a label
   * @param bootLabel what the boot sector says
   */
  LabelCheck(boolean isRoot, String bootLabel) {
    this.isRoot = isRoot;
    this.bootLabel = bootLabel;
  }

  /**
   * Looks at a label.
   *
   * @param cluster where it leads, as no label should
   */
  void look(SlotReader reader, int cluster, Consumer<Finding> report) {
    int slot = reader.slot();
    if (!isRoot) {
      report.accept(bad("slot %d is a label outside of the root directory".formatted(slot)));
      return;
    }
    labels++;
    byte[] raw = reader.shortName();
    String text = new String(raw, StandardCharsets.ISO_8859_1);
    if (labels > 1) {
      report.accept(bad("slot %d is a second label".formatted(slot)));
    } else if (!text.equals(bootLabel)) {
      String both = "the label is %s, in the boot sector %s";
      report.accept(differs(both.formatted(text.strip(), bootLabel.strip())));
    }
    if (raw[0] == ' ') {
      report.accept(bad("the label begins with a space"));
    }
    for (byte unit : raw) {
      boolean control = (unit >= 0 && unit < ' ' && unit != 0x05) || unit == 0x7F;
      if (control || (unit >= 'a' && unit <= 'z')) {
        report.accept(bad("the label has lower case or control characters"));
        break;
      } else if (ShortName.FORBIDDEN.indexOf(unit) >= 0) {
        report.accept(bad("the label has a '%c'".formatted((char) unit)));
        break;
      }
    }
    if (cluster != 0) {
      String leads = "the label leads to cluster %s, where nothing of it can be";
      report.accept(bad(leads.formatted(Integer.toUnsignedString(cluster))));
    }
  }

  /** Tells at the end of the directory whether the label is missing. */
  void end(Consumer<Finding> report) {
    if (isRoot && labels == 0 && !bootLabel.equals(NONE)) {
      String text = "the boot sector has the label %s, the root none";
      report.accept(differs(text.formatted(bootLabel.strip())));
    }
  }

  private static Finding bad(String text) {
    return new Finding("label", text);
  }

  private static Finding differs(String text) {
    return new Finding("label-differs", text);
  }

  /**
   * What is found.
   *
   * @param kind as in the findings of a check
   * @param text the facts
   */
  record Finding(String kind, String text) {}
}
