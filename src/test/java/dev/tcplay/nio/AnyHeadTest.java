package dev.tcplay.nio;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tcplay.Tcplay;
import dev.tcplay.model.NotAContainerException;
import dev.tcplay.model.WrongPasswordException;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.ProviderNotFoundException;
import java.security.SecureRandom;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A container is known by its key: its first bytes may be those of any other file. */
class AnyHeadTest {

  private static final int SIZE = 299_008;
  private static final Map<String, ?> ENV = Map.of("password", "pw", "pim", 1, "hash", "sha512");
  private static final Map<String, ?> WRONG = Map.of("password", "x", "pim", 1, "hash", "sha512");

  @TempDir Path folder;

  private static byte[] bytes(String start) {
    return start.translateEscapes().getBytes(StandardCharsets.ISO_8859_1);
  }

  /** Gives salts that begin as it is told. */
  private static final class SaltySource extends SecureRandom {

    private static final long serialVersionUID = 1L;
    private static final int SALT = 64;
    private final byte[] start;

    SaltySource(byte[] start) {
      this.start = start.clone();
    }

    @Override
    public void nextBytes(byte[] target) {
      super.nextBytes(target);
      if (target.length == SALT) {
        System.arraycopy(start, 0, target, 0, start.length);
      }
    }
  }

  private Path container(String start) throws IOException {
    Path file = folder.resolve("polyglot");
    Tcplay.create(file)
        .size(SIZE)
        .password("pw")
        .pim(1)
        .random(new SaltySource(bytes(start)))
        .create();
    return file;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "%PDF-1.5\\n",
        "PK\\3\\4",
        "\\211PNG\\r\\n\\32\\n",
        "GIF89a",
        "\\177ELF",
        "SQLite format 3\\0",
        "plain text of 64 bytes",
        "MZ",
        "\\0\\0\\0\\30ftypmp42",
        "LUKS\\272\\276",
        "\\312\\376\\272\\276",
        "\\0\\0\\0\\0\\0\\0\\0\\0"
      })
  void whoOpensExplicitlyIsNotRefusedByASignature(String start) throws IOException {
    Path file = container(start);
    byte[] expected = bytes(start);
    assertEquals(
        new String(expected, StandardCharsets.ISO_8859_1),
        new String(Files.readAllBytes(file), 0, expected.length, StandardCharsets.ISO_8859_1));
    try (FileSystem byOpener =
        Tcplay.open(file).password("pw").pim(1).hash("sha512").readOnly(true).mount()) {
      assertTrue(Files.isDirectory(byOpener.getPath("/")));
    }
    try (FileSystem byUri = FileSystems.newFileSystem(URI.create("tcplay:" + file.toUri()), ENV)) {
      Files.writeString(byUri.getPath("/a"), "b");
    }
    try (FileSystem byPath = FileSystems.newFileSystem(file, ENV)) {
      assertEquals("b", Files.readString(byPath.getPath("/a")));
    }
    assertThrows(ProviderNotFoundException.class, () -> FileSystems.newFileSystem(file, Map.of()));
  }

  @ParameterizedTest
  @CsvSource({
    "'%PDF-1.5\\n',             a PDF document",
    "'PK\\3\\4',                a zip archive",
    "'\\177ELF',                an ELF program",
    "'\\353X\\220NTFS    ',     an NTFS volume",
    "'\\0\\0\\0\\30ftypmp42',   an MP4 video or the like"
  })
  void aRefusalSaysWhatTheFileLooksLikeAndNamesTheBackupHeader(String start, String type)
      throws IOException {
    Path file = container("\\1");
    byte[] all = Files.readAllBytes(file);
    byte[] head = bytes(start);
    System.arraycopy(head, 0, all, 0, head.length);
    Files.write(file, all);
    WrongPasswordException e =
        assertThrows(
            WrongPasswordException.class,
            () ->
                FileSystems.newFileSystem(
                    file,
                    Map.of("password", "pw", "pim", 1, "hash", "sha512", "backupHeader", false)));
    assertTrue(e.getReason().contains("the file looks like " + type), e.getReason());
    assertTrue(e.getReason().contains("backupHeader"), e.getReason());
    try (FileSystem byBackup =
        FileSystems.newFileSystem(file, Map.of("password", "pw", "pim", 1, "hash", "sha512"))) {
      assertTrue(Files.isDirectory(byBackup.getPath("/")));
    }
    WrongPasswordException wrong =
        assertThrows(
            WrongPasswordException.class,
            () ->
                FileSystems.newFileSystem(
                    file,
                    Map.of("password", "x", "pim", 1, "hash", "sha512", "backupHeader", true)));
    assertFalse(wrong.getReason().contains("backupHeader"), wrong.getReason());
  }

  @Test
  void ofAContainerNothingIsSaidOfItsLook() throws IOException {
    Path file = container("\\1\\2\\3");
    WrongPasswordException e =
        assertThrows(WrongPasswordException.class, () -> FileSystems.newFileSystem(file, WRONG));
    assertFalse(e.getReason().contains("looks like"), e.getReason());
  }

  @Test
  void aFileThatIsTooShortForABackupHeaderIsNotSaidToHaveOne() throws IOException {
    byte[] start = bytes("%PDF-1.5\\n");
    byte[] pdf = new byte[262_144];
    System.arraycopy(start, 0, pdf, 0, start.length);
    Path file = Files.write(folder.resolve("a.pdf"), pdf);
    assertRefused(WrongPasswordException.class, file);
    Files.write(file, new byte[262_144]);
    WrongPasswordException zeros =
        assertThrows(WrongPasswordException.class, () -> FileSystems.newFileSystem(file, WRONG));
    assertTrue(zeros.getReason().contains("looks like a blank disk"), zeros.getReason());
    byte[] tiny = new byte[2048];
    System.arraycopy(start, 0, tiny, 0, start.length);
    Files.write(file, tiny);
    assertRefused(NotAContainerException.class, file);
  }

  private static void assertRefused(Class<? extends FileSystemException> kind, Path file) {
    FileSystemException e = assertThrows(kind, () -> FileSystems.newFileSystem(file, WRONG));
    assertTrue(e.getReason().contains("looks like a PDF document"), e.getReason());
    assertFalse(e.getReason().contains("backup"), e.getReason());
  }

  @Test
  void aFileOfHeadersIsToldFromTheContainer() throws IOException {
    Path file = container("\\1");
    Path headers = Files.write(folder.resolve("headers"), new byte[512]);
    WrongPasswordException e =
        assertThrows(
            WrongPasswordException.class,
            () ->
                FileSystems.newFileSystem(
                    file,
                    Map.of("password", "pw", "pim", 1, "hash", "sha512", "headerFile", headers)));
    assertTrue(
        e.getReason().contains("the file of headers looks like a blank disk"), e.getReason());
    assertFalse(e.getReason().contains("backup"), e.getReason());
  }
}
