package dev.tcplay.cli;

import dev.tcplay.model.VolumeAttributes;
import dev.tcplay.model.VolumeInfo;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code tcplay info}: the facts of a container. */
@Command(name = "info", description = "Prints the facts of a container.")
final class InfoCommand extends VolumeCommand {

  /** How the text, and the library's facts, spell that there is none. */
  private static final String NONE = "-";

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
    // As one file first, since the container's own facts are known whatever is damaged inside.
    try (FileSystem container = open(opener -> opener.filesystem(RAW).mount())) {
      Path volume = container.getPath("/volume.img");
      VolumeAttributes outside = Files.readAttributes(volume, VolumeAttributes.class);
      Optional<VolumeAttributes> inside = inside(volume);
      facts = facts(outside.volume(), inside.orElse(outside));
      outside.warnings().forEach(this::warn);
      inside.ifPresent(attributes -> attributes.warnings().forEach(this::warn));
    }
    if (json) {
      out().line(Json.of(facts));
    } else {
      for (Map.Entry<String, @Nullable Object> fact : facts.entrySet()) {
        Object value = fact.getValue();
        out().line(fact.getKey() + ": " + (value == null ? NONE : Names.visible(value.toString())));
      }
    }
  }

  private Optional<VolumeAttributes> inside(Path volume) throws IOException {
    if (Files.size(volume) == 0) {
      return Optional.empty(); // a container that was cut behind its headers
    }
    try (FileSystem inside = opened(volume).mount()) {
      return Optional.of(Files.readAttributes(inside.getPath("/"), VolumeAttributes.class));
    } catch (IOException e) {
      failures().add(e);
      return Optional.empty();
    }
  }

  private static Map<String, @Nullable Object> facts(VolumeInfo info, VolumeAttributes attributes) {
    Map<String, @Nullable Object> facts = new LinkedHashMap<>();
    facts.put("format", info.format());
    facts.put("prf", orNull(info.prf()));
    facts.put("iterations", cost(info));
    facts.put("cipher", orNull(info.cipher()));
    facts.put("mode", orNull(info.mode()));
    facts.put("kind", info.kind());
    facts.put("data-offset", info.dataOffset());
    facts.put("data-length", info.dataLength());
    facts.put("first-unit", info.firstUnit());
    facts.put("sector-size", info.sectorSize());
    String fileSystem = attributes.fileSystem();
    facts.put("filesystem", fileSystem.equals(RAW) ? null : fileSystem);
    facts.put("label", attributes.label().orElse(null));
    facts.put("serial", attributes.serial().orElse(null));
    return facts;
  }

  private static @Nullable String orNull(String fact) {
    return fact.equals(NONE) ? null : fact;
  }

  /** Argon2id has three costs; the format fixes its parallelism at one. */
  private static @Nullable Object cost(VolumeInfo info) {
    if (info.memoryKiB() > 0) {
      return "t=" + info.iterations() + ",m=" + info.memoryKiB() + "KiB,p=1";
    }
    return info.iterations() == 0 ? null : info.iterations();
  }
}
