package dev.tcplay.cli;

import dev.tcplay.model.CryptoDiagnostics.CipherSpeed;
import dev.tcplay.model.CryptoDiagnostics.KdfSpeed;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Prints a benchmark as one JSON object, at its end. */
final class JsonReport implements BenchmarkReport {

  private final Output out;
  private final Map<String, Object> whole = new LinkedHashMap<>();
  private final List<Map<String, @Nullable Object>> ciphers = new ArrayList<>();
  private final List<Map<String, @Nullable Object>> kdfs = new ArrayList<>();

  JsonReport(Output out) {
    this.out = out;
  }

  @Override
  public void begin(String jdk, String cpu) {
    whole.put("jdk", jdk);
    whole.put("cpu", cpu);
    whole.put("ciphers", ciphers);
    whole.put("kdfs", kdfs);
  }

  @Override
  public void cipher(CipherSpeed encryption, CipherSpeed decryption) {
    for (CipherSpeed speed : List.of(encryption, decryption)) {
      Map<String, @Nullable Object> members = new LinkedHashMap<>();
      members.put("name", speed.name());
      members.put("mode", speed.mode());
      members.put("direction", speed.direction().id());
      members.put("threads", speed.threads());
      members.put("mbPerSecond", Math.round(speed.mbPerSecond() * 10) / 10.0);
      members.put("kernel", speed.kernel());
      ciphers.add(members);
    }
  }

  /** The time is null where the heap cannot hold what Argon2id needs. */
  @Override
  public void kdf(KdfSpeed speed) {
    Map<String, @Nullable Object> members = new LinkedHashMap<>();
    members.put("name", speed.name());
    members.put("iterations", speed.iterations());
    members.put("bytes", speed.bytes());
    members.put(
        "seconds",
        speed.seconds().isPresent() ? Math.round(speed.seconds().getAsDouble() * 1e4) / 1e4 : null);
    members.put("kernel", speed.kernel());
    kdfs.add(members);
  }

  @Override
  public void end() throws IOException {
    out.line(Json.of(whole));
    out.flush();
  }
}
