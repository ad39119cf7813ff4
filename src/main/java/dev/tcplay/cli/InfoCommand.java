package dev.tcplay.cli;

import dev.tcplay.Tcplay;
import dev.tcplay.VolumeAttributes;
import dev.tcplay.VolumeInfo;
import dev.tcplay.fs.CorruptFileSystemException;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code tcplay info}: the facts of a container. */
@Command(name = "info", description = "Prints the facts of a container.")
final class InfoCommand extends VolumeCommand {

  private static final String NONE = "-";

  /** How FAT itself spells that there is no label. */
  private static final String NO_LABEL = "NO NAME";

  /** The driver that shows a volume without a file system as one file. */
  private static final String RAW = "raw";

  @Option(names = "--json", description = "Print a JSON object, null for what there is not.")
  private boolean json;

  InfoCommand(Terminal terminal) {
    super(terminal);
  }

  @Override
  void run() throws IOException {
    Map<String, Object> facts;
    // As one file first, since the container's own facts are known whatever is damaged inside.
    try (FileSystem container = open(opener -> opener.filesystem(RAW).mount())) {
      Path volume = container.getPath("/volume.img");
      VolumeAttributes outside = Files.readAttributes(volume, VolumeAttributes.class);
      VolumeAttributes inside = inside(volume).orElse(outside);
      facts = facts(outside.volume(), inside);
      inside.warnings().forEach(this::warn);
    }
    if (json) {
      facts.replaceAll((key, value) -> NONE.equals(value) ? null : value);
      out().line(Json.of(facts));
    } else {
      for (Map.Entry<String, Object> fact : facts.entrySet()) {
        out().line(fact.getKey() + ": " + Names.visible(fact.getValue().toString()));
      }
    }
  }

  private Optional<VolumeAttributes> inside(Path volume) throws IOException {
    try (FileSystem inside = Tcplay.open(volume).format("plain").readOnly(true).mount()) {
      return Optional.of(Files.readAttributes(inside.getPath("/"), VolumeAttributes.class));
    } catch (CorruptFileSystemException e) {
      failures().add(e);
      return Optional.empty();
    }
  }

  private static Map<String, Object> facts(VolumeInfo info, VolumeAttributes attributes) {
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("format", info.format());
    facts.put("prf", info.prf());
    facts.put("iterations", cost(info));
    facts.put("cipher", info.cipher());
    facts.put("mode", info.mode());
    facts.put("kind", info.kind());
    facts.put("data-offset", info.dataOffset());
    facts.put("data-length", info.dataLength());
    facts.put("first-unit", info.firstUnit());
    facts.put("sector-size", info.sectorSize());
    String fileSystem = attributes.fileSystem();
    facts.put("filesystem", fileSystem.equals(RAW) ? NONE : fileSystem);
    facts.put("label", attributes.label().orElse(fileSystem.startsWith("FAT") ? NO_LABEL : NONE));
    facts.put("serial", attributes.serial().orElse(NONE));
    return facts;
  }

  /** Argon2id has three costs; the format fixes its parallelism at one. */
  private static Object cost(VolumeInfo info) {
    if (info.memoryKiB() > 0) {
      return "t=" + info.iterations() + ",m=" + info.memoryKiB() + "KiB,p=1";
    }
    return info.iterations() == 0 ? NONE : info.iterations();
  }
}
