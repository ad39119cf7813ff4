package dev.tcplay.nio.root;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tcplay.Tcplay;
import dev.tcplay.model.VolumeChannel;
import dev.tcplay.nio.RootOracle;
import dev.tcplay.testing.ChildJvm;
import dev.tcplay.testing.Judge;
import dev.tcplay.testing.Seeds;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Programs in virtual machines of their own, whose default file system has a container in it. */
class RootMountTest {

  private static final String PASSWORD = "correct horse battery";
  private static final String OPTIONS = "pim=1,hash=sha512,cipher=AES";
  private static final String MOUNT_POINT = "/tcplay-app";

  @TempDir Path folder;
  private Path container;
  private Path passwordFile;

  @BeforeEach
  void makeContainer() throws IOException {
    container = folder.resolve("x.tc");
    Tcplay.create(container).size(12 << 20).password(PASSWORD).pim(1).create();
    try (FileSystem volume = mount()) {
      Files.writeString(volume.getPath("/hello"), "from inside");
    }
    passwordFile = Files.writeString(folder.resolve("password"), PASSWORD + "\n");
  }

  private FileSystem mount() throws IOException {
    return Tcplay.open(container).password(PASSWORD).pim(1).hash("sha512").cipher("AES").mount();
  }

  private List<String> options(String mountPoint, String realroot) {
    List<String> options = new ArrayList<>();
    options.add("-Djava.nio.file.spi.DefaultFileSystemProvider=" + RootProvider.class.getName());
    options.add("-Dtcplay.realroot=" + realroot);
    options.add("-Dtcplay.mountpoint=" + mountPoint);
    options.add("-Dtcplay.passwordFile=" + passwordFile);
    options.add("-Dfile.encoding=UTF-8");
    options.add("-XX:TieredStopAtLevel=1");
    return options;
  }

  private String realroot() {
    return "tcplay:fat:" + container + ":vault:" + OPTIONS;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "filesReadAndWrite",
        "theTreeIsOne",
        "filesCrossTheMountPoint",
        "attributesAndStores",
        "failuresNameTheTree",
        "interruptsCloseChannels",
        "watching",
        "pathsOfOthersAreRefused",
        "urisLeadBack",
        "javaIoFileSeesTheHostOnly",
        "linksOfTheHostEndOnTheHost",
        "manyThreadsOpenItOnce",
        "archivesInside"
      })
  void aProgramFinds(String what) throws Exception {
    ChildJvm.main(
        options(MOUNT_POINT, realroot()),
        RootProgram.class,
        what,
        MOUNT_POINT,
        folder.resolve("host"));
  }

  @Test
  void whatAProgramWroteIsInTheContainerWhenItHasEnded() throws Exception {
    ChildJvm.main(
        options(MOUNT_POINT, realroot()),
        RootProgram.class,
        "filesReadAndWrite",
        MOUNT_POINT,
        folder.resolve("host"));
    try (FileSystem volume = mount()) {
      assertEquals("kept", Files.readString(volume.getPath("/dir/kept")));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"moves", "options", "channels", "random"})
  void operationsEndAsOnTheHost(String what) throws Exception {
    long seed = Seeds.of("operationsEndAsOnTheHost " + what);
    Path host = Files.createDirectory(folder.resolve("host"));
    List<String> options = options(MOUNT_POINT, realroot());
    options.remove("-XX:TieredStopAtLevel=1");
    assertTrue(
        ChildJvm.main(options, RootOracle.class, what, MOUNT_POINT, host, seed)
            .contains("as on the host: true"));
    Path image = folder.resolve("volume.img");
    try (VolumeChannel opened =
            Tcplay.open(container)
                .password(PASSWORD)
                .pim(1)
                .hash("sha512")
                .cipher("AES")
                .channel();
        InputStream bytes = Channels.newInputStream(opened)) {
      Files.copy(bytes, image);
    }
    Judge.Verdict fsck = Judge.run("fsck.fat", "-n", image.toString());
    assertEquals(0, fsck.status(), fsck.output());
  }

  /** The compiler knows of paths only, and of us as a module that the virtual machine opens. */
  @Test
  void theJdksCompilerWritesIntoTheContainer() throws Exception {
    Path source = Files.writeString(folder.resolve("Hello.java"), "class Hello {}");
    Path classes =
        Path.of(RootProvider.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    List<Object> arguments = new ArrayList<>(options(MOUNT_POINT, realroot()));
    arguments.addAll(
        List.of(
            "--module-path",
            classes + File.pathSeparator + ChildJvm.bouncyCastle(),
            "--add-modules",
            "dev.tcplay",
            "--module",
            "jdk.compiler/com.sun.tools.javac.Main",
            "-d",
            MOUNT_POINT + "/out",
            source));
    ChildJvm.run(Map.of(), arguments.toArray());
    try (FileSystem volume = mount()) {
      byte[] written = Files.readAllBytes(volume.getPath("/out/Hello.class"));
      assertEquals(0xCAFEBABE, ByteBuffer.wrap(written).getInt());
    }
  }

  @Test
  void nothingIsReadBeforeTheFirstAccess() throws Exception {
    Files.delete(passwordFile);
    Files.delete(container);
    ChildJvm.main(
        options(MOUNT_POINT, realroot()),
        RootProgram.class,
        "hostOnly",
        MOUNT_POINT,
        folder.resolve("host"));
  }

  @Test
  void aWrongPasswordIsTriedOnceAndNamed() throws Exception {
    Files.writeString(passwordFile, "wrong\n");
    ChildJvm.main(
        options(MOUNT_POINT, realroot()),
        RootProgram.class,
        "wrongPassword",
        MOUNT_POINT,
        folder.resolve("host"));
  }

  @Test
  void aReadOnlyMountRefusesChanges() throws Exception {
    ChildJvm.main(
        options(MOUNT_POINT, realroot() + ",ro"),
        RootProgram.class,
        "readOnly",
        MOUNT_POINT,
        folder.resolve("host"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/ | must be absolute, no root",
        "app | must be absolute, no root",
        "/a/../b | must be absolute, no root",
        "JAVA_HOME | contains",
        "JAVA_HOME/lib/app | lies in",
        "TMP/app | lies in",
        "CLASSES/dev | lies in",
        "FOLDER | contains",
        "'' | the system property tcplay.mountpoint is missing"
      })
  void aMountPointWhereTheMachineHasItsFilesIsRefused(String place, String reason)
      throws Exception {
    String classes = System.getProperty("java.class.path").split(File.pathSeparator, 2)[0];
    String mountPoint =
        place
            .replace("JAVA_HOME", System.getProperty("java.home"))
            .replace("TMP", System.getProperty("java.io.tmpdir"))
            .replace("CLASSES", classes)
            .replace("FOLDER", folder.toString());
    List<String> options = options(mountPoint, realroot());
    if (place.equals("FOLDER")) {
      options.add("-Djava.io.tmpdir=/var/tmp");
    }
    assertEquals(
        "", missing(ChildJvm.main(options, RootProgram.class, "refused", mountPoint, "/"), reason));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "tcplay:fat:/x.tc | expected tcplay:FSTYPE:DEVICE:NAME[:OPTIONS]",
        "crypt:fat:/x.tc:vault | the type must be tcplay",
        "tcplay:fat::vault | the device is missing",
        "tcplay:fat:/x.tc: | the volume's name is missing",
        "tcplay:fat:/x.tc:vault:colour=red | unknown option colour",
        "tcplay:fat:/x.tc:vault:password=secret | unknown option password",
        "tcplay:fat:/tcplay-app/x.tc:vault | contains /tcplay-app/x.tc of the container"
      })
  void malformedWordsAreNamed(String realroot, String reason) throws Exception {
    String said =
        ChildJvm.main(
            options(MOUNT_POINT, realroot), RootProgram.class, "refused", MOUNT_POINT, "/");
    assertEquals("", missing(said, reason));
    assertTrue(!said.contains("secret"), said);
  }

  private static String missing(String said, String reason) {
    return said.contains(reason) ? "" : said;
  }
}
