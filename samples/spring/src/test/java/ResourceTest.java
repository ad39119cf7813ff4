import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.core.io.DefaultResourceLoader;
import org.springframework.core.io.FileSystemResource;
import org.springframework.core.io.Resource;

class ResourceTest {

  private static final URI CONTAINER = URI.create("tcplay:" + Path.of("../demo.hc").toUri());
  private static final Map<String, Object> OPTIONS =
      Map.of("passwordFile", Path.of("../demo.password"), "pim", 1, "readOnly", true);

  /** As in @Value("tcplay:...") and in spring.config.import: an application names it by text. */
  @Test
  void aResourceIsReadByItsUrl() throws Exception {
    try (FileSystem volume = FileSystems.newFileSystem(CONTAINER, OPTIONS)) {
      Resource hello = new DefaultResourceLoader().getResource(CONTAINER + "!/hello.txt");
      assertTrue(hello.exists());
      assertEquals("Hello from inside an encrypted container.\n", hello.getContentAsString(StandardCharsets.UTF_8));
    }
  }

  /** By a path the file system need not be known by its URI. */
  @Test
  void aResourceIsReadByItsPath() throws Exception {
    try (FileSystem volume = FileSystems.newFileSystem(Path.of("../demo.hc"), OPTIONS)) {
      Resource hello = new FileSystemResource(volume.getPath("/hello.txt"));
      assertEquals("Hello from inside an encrypted container.\n", hello.getContentAsString(StandardCharsets.UTF_8));
    }
  }
}
