package dev.tcplay.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.tcplay.testing.Judge;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A Linux in qemu, whose disk is a mapped volume, mounts it and writes to it. */
@Timeout(600)
class KernelMountIT {

  private static final String QEMU = "qemu-system-x86_64";

  private static final String SCRIPT =
      """
      set -e
      mount -t vfat /dev/vda /mnt
      dd if=/dev/urandom of=/mnt/big bs=1M count=20 2>/dev/null
      i=0; while [ $i -lt 200 ]; do echo "file $i" >/mnt/f$i; i=$((i+1)); done
      umount /mnt
      mount -o ro -t vfat /dev/vda /mnt
      sha256sum </mnt/big | cut -d' ' -f1
      umount /mnt
      """;

  @TempDir private Path folder;

  private static Optional<Path> qemu() {
    return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
        .map(path -> Path.of(path, QEMU))
        .filter(Files::isExecutable)
        .findFirst();
  }

  /** Returns the folder of a qemu that has the socket in the place of an image. */
  private Path qemuOn(Path socket, Path image, Path qemu) throws Exception {
    Path bin = Files.createDirectory(folder.resolve("bin"));
    Path script = bin.resolve(QEMU);
    Files.writeString(
        script,
        """
        #!/bin/bash
        image="file=%s," socket="file=nbd:unix:%s,"
        exec %s "${@/"$image"/"$socket"}"
        """
            .formatted(image, socket, qemu));
    Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));
    return bin;
  }

  @Test
  void aKernelMountsAMappedVolumeAndWeReadWhatItWrote() throws Exception {
    Path machine = Path.of(System.getProperty("tcplay.machine", "../shared/tools/vm-oracle.sh"));
    assumeTrue(Files.isReadable(machine), () -> "virtual machine missing: " + machine);
    Optional<Path> qemu = qemu();
    assumeTrue(qemu.isPresent(), () -> "virtual machine missing: " + QEMU);
    Path container = folder.resolve("c.hc");
    List<Object> key = List.of("--password", "x", "--pim", 1, "--hash", "sha512");
    run("create", key, "--size", "64M", container);
    CommandRun.Result mapped = map("map", key, "--background", "vol", container);
    assertEquals(0, mapped.status(), mapped::err);
    Judge.Verdict said;
    try {
      Path image = Files.write(folder.resolve("image"), new byte[512]);
      Path bin = qemuOn(folder.resolve("tcplay/vol.sock"), image, qemu.orElseThrow());
      Path script = Files.writeString(folder.resolve("script"), SCRIPT);
      said =
          Judge.run(
              "env",
              "PATH=" + bin + File.pathSeparator + System.getenv("PATH"),
              "bash",
              machine.toString(),
              "run",
              "--engine",
              "qemu",
              image.toString(),
              script.toString());
    } finally {
      map("unmap", List.of(), "--all");
    }
    assertEquals(0, said.status(), said.output());
    String sum = said.output().lines().reduce((first, last) -> last).orElseThrow();
    CommandRun.Result sums = run("sha256", key, container, "/big");
    assertEquals(sum, sums.out().substring(0, 64));
    assertEquals(201, run("ls", key, container).lines().size());
    assertEquals("", run("check", key, container).out());
  }

  private static Object[] words(String command, List<Object> key, Object... others) {
    return Stream.of(Stream.of((Object) command), key.stream(), Stream.of(others))
        .flatMap(each -> each)
        .toArray();
  }

  private static CommandRun.Result run(String command, List<Object> key, Object... others) {
    CommandRun.Result result = new CommandRun().run(words(command, key, others));
    assertEquals(0, result.status(), result::err);
    return result;
  }

  private CommandRun.Result map(String command, List<Object> key, Object... others)
      throws Exception {
    return JavaProcess.main()
        .arguments(words(command, key, others))
        .environment("XDG_RUNTIME_DIR", folder)
        .run();
  }
}
