package dev.tcplay;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.tcplay.model.CryptoDiagnostics;
import dev.tcplay.model.VolumeAttributes;
import dev.tcplay.model.WrongPasswordException;
import dev.tcplay.testing.ChildJvm;
import java.io.File;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Only the reference needs Bouncy Castle, whose signed jar takes long to load. */
class WithoutBouncyCastleTest {

  private static final List<String> HASHES =
      List.of("streebog", "ripemd160", "whirlpool", "blake2s", "sha256", "sha512", "argon2id");

  @Test
  void containersOfAllHashesOpenWithoutItsJar(@TempDir Path folder) throws Exception {
    String bouncyCastle = ChildJvm.bouncyCastle().toString();
    String classPath =
        Pattern.compile(File.pathSeparator, Pattern.LITERAL)
            .splitAsStream(System.getProperty("java.class.path"))
            .filter(entry -> !entry.equals(bouncyCastle))
            .collect(Collectors.joining(File.pathSeparator));
    String output =
        ChildJvm.run(Map.of(), "-Xmx256m", "-cp", classPath, Program.class.getName(), folder);
    assertEquals(
        "missing %s %s wrong said said said said"
            .formatted(String.join(" ", HASHES), HASHES.get(0)),
        output);
  }

  /**
   * Run in a JVM of its own: makes a container of each hash, under a password that most of them
   * shorten, and one under a short password; opens each without naming its hash. Then a wrong
   * password is tried with all of them; a heap too small for Argon2id would leave that out. At last
   * it asks for what cannot be had.
   */
  static final class Program {

    private Program() {}

    public static void main(String[] arguments) throws IOException {
      Path container = Path.of(arguments[0], "container.hc");
      System.out.print(bouncyCastle());
      for (String hash : HASHES) {
        System.out.print(" " + makeAndOpen(container, hash, "sesame".repeat(20)));
      }
      System.out.print(" " + makeAndOpen(container, HASHES.get(0), "sesame"));
      try {
        open(container, "simsim");
      } catch (WrongPasswordException e) {
        boolean all = HASHES.stream().allMatch(e.getReason()::contains);
        System.out.print(all ? " wrong" : " " + e.getReason());
      }
      ContainerOpener old = Tcplay.open(container).format("TrueCrypt").password("simsim");
      System.out.print(said(WrongPasswordException.class, () -> old.open().close()));
      ContainerOpener named = old.cipher("AES-Blowfish");
      System.out.print(said(FileSystemException.class, () -> named.open().close()));
      CryptoDiagnostics diagnostics = Tcplay.diagnostics();
      System.out.print(
          said(
              UnsupportedOperationException.class,
              () -> diagnostics.selfTest(1, check -> System.out.print(check.failure()))));
      System.setProperty("tcplay.kernel", "portable");
      System.out.print(said(IllegalArgumentException.class, () -> open(container, "sesame")));
    }

    /** A call that cannot succeed. */
    private interface Call {
      void run() throws Exception;
    }

    /** Returns whether the call says what it lacks, by exactly this exception. */
    private static String said(Class<? extends Exception> type, Call call) {
      try {
        call.run();
        return " did";
      } catch (Exception e) {
        String message = String.valueOf(e.getMessage());
        boolean said = e.getClass() == type && message.contains("need Bouncy Castle: org.bouncy");
        return said ? " said" : " " + e;
      }
    }

    private static String bouncyCastle() {
      try {
        return Class.forName("org.bouncycastle.crypto.Digest").getName();
      } catch (ClassNotFoundException e) {
        return "missing";
      }
    }

    private static String makeAndOpen(Path container, String hash, String password)
        throws IOException {
      Tcplay.create(container)
          .size(299_008)
          .password(password)
          .pim(1)
          .hash(hash)
          .replaceExisting(true)
          .create();
      return open(container, password);
    }

    private static String open(Path container, String password) throws IOException {
      try (FileSystem volume = Tcplay.open(container).password(password).pim(1).mount()) {
        Path root = volume.getPath("/");
        return Files.readAttributes(root, VolumeAttributes.class)
            .volume()
            .encryption()
            .orElseThrow()
            .prf();
      }
    }
  }
}
