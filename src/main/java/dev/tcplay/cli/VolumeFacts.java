package dev.tcplay.cli;

import dev.tcplay.model.Encryption;
import dev.tcplay.model.VolumeInfo;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The facts of a container by the names that users read, null for what there is not. */
final class VolumeFacts {

  /** The container that a process serves. */
  static final String FILE = "file";

  /** How the text spells that there is none. */
  static final String NONE = "-";

  private VolumeFacts() {}

  /** Returns the facts in the order in which they are printed; the caller may add more. */
  static Map<String, @Nullable Object> of(VolumeInfo info) {
    Map<String, @Nullable Object> facts = new LinkedHashMap<>();
    facts.put("format", info.format());
    Optional<Encryption> encryption = info.encryption();
    facts.put("prf", encryption.map(Encryption::prf).orElse(null));
    facts.put("iterations", encryption.map(VolumeFacts::cost).orElse(null));
    facts.put("cipher", encryption.map(Encryption::cipher).orElse(null));
    facts.put("mode", encryption.map(Encryption::mode).orElse(null));
    facts.put("tweak", encryption.map(Encryption::tweak).orElse(null));
    facts.put("kind", info.kind());
    facts.put("data-offset", info.dataOffset());
    facts.put("data-length", info.dataLength());
    facts.put("first-unit", info.firstUnit());
    facts.put("sector-size", info.sectorSize());
    // Few volumes have these; elsewhere they would be lines of nothing.
    info.scope()
        .ifPresent(
            scope -> {
              facts.put("scope-start", scope.start());
              facts.put("scope-length", scope.length());
              facts.put("encrypted-up-to", scope.encryptedUpTo());
            });
    info.protectedRange()
        .ifPresent(
            range -> {
              facts.put("protected-start", range.start());
              facts.put("protected-length", range.length());
            });
    return facts;
  }

  /** Argon2id has three costs; the format fixes its parallelism at one. */
  private static Object cost(Encryption encryption) {
    return encryption.memoryKiB() == 0
        ? encryption.iterations()
        : "t=" + encryption.iterations() + ",m=" + encryption.memoryKiB() + "KiB,p=1";
  }

  /** Prints facts, a line each. */
  static void print(Map<String, @Nullable Object> facts, Output out) throws IOException {
    for (Map.Entry<String, @Nullable Object> fact : facts.entrySet()) {
      Object value = fact.getValue();
      out.line(fact.getKey() + ": " + (value == null ? NONE : Names.visible(value.toString())));
    }
  }
}
