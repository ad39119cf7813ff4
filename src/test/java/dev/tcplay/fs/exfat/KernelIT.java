package dev.tcplay.fs.exfat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.tcplay.block.host.FileDevice;
import dev.tcplay.block.host.HostOpen;
import dev.tcplay.fs.AttributeChange;
import dev.tcplay.fs.MountOptions;
import dev.tcplay.fs.MountedVolume;
import dev.tcplay.fs.Node;
import dev.tcplay.fs.NodeType;
import dev.tcplay.fs.OpenNode;
import dev.tcplay.testing.Judge;
import dev.tcplay.testing.LinuxMachine;
import dev.tcplay.testing.Walk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What Linux wrote is read and changed, and Linux reads what became of it. Takes minutes; runs with
 * {@code -Dtcplay.exfat.kernel=true}.
 */
class KernelIT {

  private static final String WRITE =
      """
      set -e
      mkdir -p /m; mount -t exfat -o iocharset=utf8 /dev/vda /m; cd /m
      mkdir d e "Ünï çode dir"
      for i in $(seq 1 60); do echo "file $i" > "d/name of some length $i.txt"; done
      i=1
      while [ $i -le 20 ]; do
        dd if=/dev/urandom bs=3000 count=1 2>/dev/null >> e/a.bin
        dd if=/dev/urandom bs=5000 count=1 2>/dev/null >> e/b.bin
        sync; i=$((i+1))
      done
      n=$(printf 'L%.0s' $(seq 1 240)); echo long > "Ünï çode dir/$n"
      truncate -s 1000000 e/sparse
      printf xyz | dd of=e/sparse bs=1 seek=500000 conv=notrunc 2>/dev/null
      """;

  private static final String READ =
      """
      cd /m
      find . -type f | while read -r f; do
        echo "= $(sha256sum < "$f" | cut -c1-64) $(stat -c '%s %Y' "$f") ${f#.}"
      done
      cd /; umount /m
      """;

  @TempDir Path folder;

  @Test
  void linuxAndThisDriverReadWhatTheOtherWrote() throws Exception {
    assumeTrue(Boolean.getBoolean("tcplay.exfat.kernel"), "-Dtcplay.exfat.kernel is not set");
    LinuxMachine machine = LinuxMachine.require(folder, "qemu");
    Path image = folder.resolve("volume.img");
    Files.write(image, new byte[64 << 20]);
    assertEquals(0, Judge.run("mkfs.exfat", "-c", "4096", image.toString()).status());
    Map<String, String> byLinux = linux(machine, image, WRITE + READ);
    assertEquals(64, byLinux.size());
    assertEquals(byLinux, ours(image));
    change(image);
    Judge.Verdict fsck = Judge.run("fsck.exfat", "-n", image.toString());
    assertTrue(fsck.output().contains(": clean."), fsck.output());
    Map<String, String> after = ours(image);
    String mount = "set -e\nmkdir -p /m; mount -t exfat -o iocharset=utf8,ro /dev/vda /m\n";
    assertEquals(after, linux(machine, image, mount + READ));
  }

  private Map<String, String> linux(LinuxMachine machine, Path image, String script)
      throws Exception {
    Path file = Files.writeString(folder.resolve("script"), script);
    Judge.Verdict verdict = machine.run(List.of(image), file);
    assertEquals(0, verdict.status(), verdict.output());
    Map<String, String> tree = new TreeMap<>();
    for (String line : verdict.output().split("\n", -1)) {
      if (line.startsWith("= ")) {
        int path = line.indexOf(" /");
        tree.put(line.substring(path + 1), line.substring(2, path));
      }
    }
    return tree;
  }

  private static MountedVolume mount(Path image) throws IOException {
    return new ExFatDriver()
        .mount(FileDevice.open(image, HostOpen.writing()), MountOptions.DEFAULT);
  }

  private static Map<String, String> ours(Path image) throws Exception {
    Map<String, String> tree = new TreeMap<>();
    try (MountedVolume volume = mount(image)) {
      for (Map.Entry<String, Node> entry : Walk.tree(volume).entrySet()) {
        Node node = entry.getValue();
        if (!node.isDirectory()) {
          byte[] bytes = Walk.read(volume, node);
          String sum = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
          long time = volume.attributes(node).modified().orElseThrow().toMillis() / 1000;
          tree.put(entry.getKey(), sum + " " + bytes.length + " " + time);
        }
      }
    }
    return tree;
  }

  private static void change(Path image) throws IOException {
    try (MountedVolume volume = mount(image)) {
      Node target = Walk.find(volume, "/Ünï çode dir");
      Map<String, Node> tree = Walk.tree(volume);
      int i = 0;
      for (Map.Entry<String, Node> entry : tree.entrySet()) {
        if (entry.getKey().startsWith("/d/")) {
          change(volume, entry.getValue(), target, i++);
        }
      }
      for (String path : List.of("/e/a.bin", "/e/sparse")) {
        try (OpenNode open = volume.open(Walk.find(volume, path))) {
          byte[] bytes = new byte[100_000];
          Arrays.fill(bytes, (byte) i);
          open.append(bytes, 0, bytes.length);
        }
      }
      try (OpenNode open = volume.open(Walk.find(volume, "/e/b.bin"))) {
        open.truncate(30_000);
      }
      for (int made = 0; made < 300; made++) {
        volume.create(target, "made " + made, NodeType.FILE, AttributeChange.NONE);
      }
    }
  }

  private static void change(MountedVolume volume, Node node, Node target, int i)
      throws IOException {
    switch (i % 5) {
      case 0 -> volume.delete(node);
      case 1 -> volume.move(node, target, "moved " + i, false);
      case 2 -> volume.move(node, Walk.find(volume, "/d"), "renamed " + "r".repeat(i), false);
      case 3 -> volume.change(node, AttributeChange.NONE.withHidden(true));
      default -> {
        try (OpenNode open = volume.open(node)) {
          open.append(new byte[] {1, 2, 3}, 0, 3);
        }
      }
    }
  }
}
