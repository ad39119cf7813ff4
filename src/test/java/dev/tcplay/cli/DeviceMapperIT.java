package dev.tcplay.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.tcplay.testing.GenuineImages;
import dev.tcplay.testing.Judge;
import dev.tcplay.testing.LinuxMachine;
import dev.tcplay.testing.Seeds;
import dev.tcplay.volume.VolumeBuilder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What we write into containers is what Linux reads there through dm-crypt, in a virtual machine,
 * and the other way round.
 */
class DeviceMapperIT {

  private static final String PASSWORD = "an open secret";
  private static final String HIDDEN_PASSWORD = "hidden horse battery staple";

  @TempDir private Path folder;
  private final Random random = new Random(Seeds.of("DeviceMapperIT"));

  /**
   * A container and how both sides open it.
   *
   * @param options our options
   * @param theirs cryptsetup's options
   */
  private record Container(Path file, String password, List<String> options, String theirs) {

    CommandRun.Result run(String command, Path other) {
      List<Object> arguments = new ArrayList<>(List.of(command, "--pim", 1, "--password"));
      arguments.add(password);
      arguments.addAll(options);
      arguments.add(file);
      arguments.add(other);
      CommandRun.Result result = new CommandRun().run(arguments.toArray());
      assertEquals(0, result.status(), result::err);
      return result;
    }
  }

  private Container made(String cipher) throws IOException {
    Path file = folder.resolve(cipher + ".hc");
    VolumeBuilder builder = new VolumeBuilder();
    builder
        .password(PASSWORD.getBytes(StandardCharsets.UTF_8))
        .pim(1)
        .cipher(cipher)
        .size(2 << 20)
        .create(file);
    return new Container(file, PASSWORD, List.of("--hash", "sha512"), "--hash sha512");
  }

  private Container hidden() throws IOException {
    Path genuine =
        GenuineImages.folder("veracrypt").resolve("aes-twofish-serpent-sha512-hidden.hc");
    Path file = Files.copy(genuine, folder.resolve("hidden.hc"));
    return new Container(
        file,
        HIDDEN_PASSWORD,
        List.of("--hash", "whirlpool", "--hidden"),
        "--hash whirlpool --tcrypt-hidden");
  }

  @Test
  void dmCryptReadsWhatWeWroteAndWeReadWhatItWrote() throws Exception {
    LinuxMachine machine = LinuxMachine.require(folder);
    List<Container> containers =
        List.of(made("AES"), made("Serpent-AES"), made("Camellia"), hidden());
    StringBuilder script = new StringBuilder("set -e\n");
    StringBuilder expected = new StringBuilder();
    for (int i = 0; i < containers.size(); i++) {
      Container container = containers.get(i);
      expected.append(importRandom(container)).append('\n');
      script.append(
          """
          cs_map volume /dev/vd%c '%s' --veracrypt --veracrypt-pim 1 %s
          sha256sum </dev/mapper/volume
          size=$(blockdev --getsize64 /dev/mapper/volume)
          head -c $size /dev/urandom >new
          cat new >/dev/mapper/volume
          cs_unmap volume
          sha256sum <new
          """
              .formatted('a' + i, container.password(), container.theirs()));
    }
    Judge.Verdict verdict =
        machine.run(
            containers.stream().map(Container::file).toList(),
            Files.writeString(folder.resolve("script"), script));
    assertEquals(0, verdict.status(), verdict::output);
    List<String> sums = verdict.output().lines().map(line -> line.replaceFirst(" .*", "")).toList();
    assertEquals(2 * containers.size(), sums.size(), verdict::output);
    StringBuilder read = new StringBuilder();
    for (int i = 0; i < containers.size(); i++) {
      read.append(sums.get(2 * i)).append('\n');
      assertEquals(sums.get(2 * i + 1), sum(export(containers.get(i))));
    }
    assertEquals(expected.toString(), read.toString());
  }

  /** Fills a volume by the command; returns the SHA-256 of what is in it now. */
  private String importRandom(Container container) throws Exception {
    byte[] contents = new byte[export(container).length];
    random.nextBytes(contents);
    container.run("import", Files.write(folder.resolve("contents"), contents));
    return sum(contents);
  }

  private static byte[] export(Container container) {
    return container.run("export", Path.of("-")).bytes();
  }

  private static String sum(byte[] bytes) throws Exception {
    return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
  }
}
