import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LetterTest {

  @TempDir(factory = EncryptedFolder.class)
  Path folder;

  @Test
  void aLetterIsWrittenIntoTheContainer() throws IOException {
    Path letter = Files.writeString(folder.resolve("letter.txt"), "for your eyes only");
    assertEquals("for your eyes only", Files.readString(letter));
    assertNotEquals(FileSystems.getDefault(), letter.getFileSystem());
  }
}
