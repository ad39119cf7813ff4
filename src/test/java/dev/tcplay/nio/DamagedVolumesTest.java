package dev.tcplay.nio;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import dev.tcplay.testing.GenuineImages;
import dev.tcplay.testing.Seeds;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Damage in a volume shows as an IOException, whatever is asked through java.nio.file. */
class DamagedVolumesTest {

  private static final Map<String, ?> PLAIN = Map.of("format", "plain");

  /** For images that other tests read at the same time. */
  private static final Map<String, ?> READ_ONLY = Map.of("format", "plain", "readOnly", true);

  @TempDir Path folder;

  @TestFactory
  Stream<DynamicTest> oddImagesGiveOnlyIoExceptions() throws IOException {
    try (Stream<Path> images = Files.list(GenuineImages.folder("odd-filesystems"))) {
      return images.sorted().toList().stream()
          .map(
              image ->
                  DynamicTest.dynamicTest(
                      image.getFileName().toString(),
                      () ->
                          assertTimeoutPreemptively(
                              Duration.ofSeconds(60),
                              () -> readAll(image, READ_ONLY, new AtomicInteger()))));
    }
  }

  @Test
  void mutatedVolumesGiveOnlyIoExceptions() throws Exception {
    Path tree = FatImages.makeTree(folder.resolve("files"), 3);
    byte[] sound = Files.readAllBytes(FatImages.make(folder.resolve("sound.img"), 360, tree));
    Random random = new Random(Seeds.of("DamagedVolumesTest"));
    AtomicInteger filesRead = new AtomicInteger();
    try (FileSystem memory = Jimfs.newFileSystem(Configuration.unix())) {
      Path mutant = memory.getPath("/mutant.img");
      for (int i = 0; i < 400; i++) {
        byte[] bytes = sound.clone();
        int changes = 1 + random.nextInt(12);
        for (int change = 0; change < changes; change++) {
          // Boot sector, tables and root directory lie in the first sectors.
          int span = random.nextInt(4) == 0 ? bytes.length : 20 * 512;
          bytes[random.nextInt(span)] = (byte) random.nextInt(256);
        }
        Files.write(mutant, bytes);
        assertTimeoutPreemptively(Duration.ofSeconds(60), () -> readAll(mutant, PLAIN, filesRead));
      }
    }
    assertTrue(filesRead.get() > 400, "too few files survived: " + filesRead);
  }

  private static void readAll(Path image, Map<String, ?> env, AtomicInteger filesRead) {
    try (FileSystem volume = FileSystems.newFileSystem(image, env)) {
      Files.walkFileTree(
          volume.getPath("/"),
          new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
                throws IOException {
              try (InputStream stream = Files.newInputStream(file)) {
                stream.transferTo(OutputStream.nullOutputStream());
                filesRead.incrementAndGet();
              } catch (IOException e) {
                // Damaged; the others are read nevertheless.
              }
              for (String view : file.getFileSystem().supportedFileAttributeViews()) {
                Files.readAttributes(file, view + ":*");
              }
              assertTrue(file.toRealPath().isAbsolute());
              assertEquals(file.toString(), TcplayUri.parse(file.toUri()).inside());
              return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException e) {
              return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path directory, IOException e) {
              return FileVisitResult.CONTINUE;
            }
          });
      Files.getFileStore(volume.getPath("/")).getUsableSpace();
      Files.readAttributes(volume.getPath("/"), "tcplay:*");
    } catch (IOException e) {
      // Too damaged to go on, and said so.
    } catch (RuntimeException | Error e) {
      fail("reading " + image, e);
    }
  }
}
