package dev.tcplay.cli;

import dev.tcplay.ContainerOpener;
import dev.tcplay.OpenContainer;
import dev.tcplay.fs.MountedVolume;
import dev.tcplay.model.PartitionInfo;
import dev.tcplay.model.SeveralPartitionsException;
import dev.tcplay.model.VolumeInfo;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code tcplay info}: the facts of a container. */
@Command(name = "info", description = "Prints the facts of a container.")
final class InfoCommand extends VolumeCommand {

  /** The driver that shows a volume without a file system as one file. */
  private static final String RAW = "raw";

  @Option(names = "--json", description = "Print a JSON object, null for what there is not.")
  private boolean json;

  InfoCommand(Terminal terminal) {
    super(terminal);
  }

  @Override
  void run() throws IOException {
    Map<String, @Nullable Object> facts;
    List<PartitionInfo> partitions = List.of();
    try (OpenContainer container = open(ContainerOpener::open)) {
      facts = facts(container.info());
      // A container that was cut behind its headers has nothing inside.
      if (container.device().size() > 0) {
        addInside(container, facts);
        partitions = partitions(container);
      }
      if (!partitions.isEmpty()) {
        facts.put(
            "mounted-partition",
            container.mountedPartition().map(PartitionInfo::number).orElse(null));
      }
      container.warnings().forEach(this::warn);
    }
    if (json) {
      if (!partitions.isEmpty()) {
        facts.put("partitions", partitions.stream().map(PartitionFacts::json).toList());
      }
      out().line(Json.of(facts));
    } else {
      VolumeFacts.print(facts, out());
      for (PartitionInfo partition : partitions) {
        out().line("partition: " + Names.visible(PartitionFacts.text(partition)));
      }
    }
  }

  private List<PartitionInfo> partitions(OpenContainer container) {
    try {
      return container.partitions();
    } catch (IOException e) {
      failures().add(e);
      return List.of();
    }
  }

  /** The container's own facts are known whatever is damaged inside. */
  private void addInside(OpenContainer container, Map<String, @Nullable Object> facts)
      throws IOException {
    try (MountedVolume volume = container.mount()) {
      List<String> warnings = volume.warnings();
      facts.put("filesystem", volume.type().equals(RAW) ? null : volume.type());
      facts.put("label", volume.label().orElse(null));
      facts.put("serial", volume.serial().orElse(null));
      warnings.forEach(this::warn);
    } catch (SeveralPartitionsException e) {
      // All of them are listed.
      warn(String.valueOf(e.getMessage()));
    } catch (IOException e) {
      failures().add(e);
    }
  }

  private static Map<String, @Nullable Object> facts(VolumeInfo info) {
    Map<String, @Nullable Object> facts = VolumeFacts.of(info);
    facts.put("filesystem", null);
    facts.put("label", null);
    facts.put("serial", null);
    return facts;
  }
}
