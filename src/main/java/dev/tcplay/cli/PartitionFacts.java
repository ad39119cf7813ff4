package dev.tcplay.cli;

import dev.tcplay.model.PartitionInfo;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The facts of a partition, as text and for JSON. */
final class PartitionFacts {

  private PartitionFacts() {}

  /** Returns the facts as one line. */
  static String text(PartitionInfo partition) {
    return "%d %s start %d length %d label %s filesystem %s"
        .formatted(
            partition.number(),
            partition.type(),
            partition.start(),
            partition.length(),
            partition.label().isEmpty() ? "-" : partition.label(),
            partition.fileSystem().orElse("-"));
  }

  /** Returns the facts by their names, null for what there is not. */
  static Map<String, @Nullable Object> json(PartitionInfo partition) {
    Map<String, @Nullable Object> members = new LinkedHashMap<>();
    members.put("number", partition.number());
    members.put("type", partition.type());
    members.put("start", partition.start());
    members.put("length", partition.length());
    members.put("label", partition.label().isEmpty() ? null : partition.label());
    members.put("filesystem", partition.fileSystem().orElse(null));
    return members;
  }
}
