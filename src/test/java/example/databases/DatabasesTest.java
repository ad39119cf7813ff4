package example.databases;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tcplay.testing.TypedVolumes;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.TextField;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.MMapDirectory;
import org.apache.lucene.store.NIOFSDirectory;
import org.h2.store.fs.FilePath;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.SQLiteConnection;

/** Lucene, H2 and SQLite keep what they have in a volume, by the code of docs/databases.md. */
class DatabasesTest {

  private static final Path DOCUMENT = Path.of("docs/databases.md");
  private static final Path CODE = Path.of("src/test/java/example/databases/DatabasesTest.java");
  private static final Pattern BLOCK = Pattern.compile("(?s)```java fragment\n(.*?)```");

  @TempDir Path folder;

  private FileSystem mount() throws IOException {
    Path image = folder.resolve("volume.img");
    if (Files.notExists(image)) {
      TypedVolumes.image(image, "exFAT", 20 << 20);
    }
    return FileSystems.newFileSystem(image, Map.of("format", "plain"));
  }

  @Test
  void theDocumentShowsThisCode() throws IOException {
    String code = spaceless(Files.readString(CODE));
    List<String> blocks =
        BLOCK.matcher(Files.readString(DOCUMENT)).results().map(block -> block.group(1)).toList();
    assertEquals(3, blocks.size());
    for (String block : blocks) {
      assertTrue(code.contains(spaceless(block)), block);
    }
  }

  private static String spaceless(String text) {
    return text.replaceAll("\\s+", "");
  }

  @Test
  void luceneSearchesAnIndexInAVolume() throws IOException {
    try (FileSystem volume = mount()) {
      try (Directory index = new NIOFSDirectory(volume.getPath("/index"));
          IndexWriter writer = new IndexWriter(index, new IndexWriterConfig())) {
        Document document = new Document();
        document.add(new TextField("text", "Words to be found", Field.Store.YES));
        writer.addDocument(document);
      }
    }
    try (FileSystem volume = mount();
        Directory index = new NIOFSDirectory(volume.getPath("/index"));
        DirectoryReader reader = DirectoryReader.open(index)) {
      IndexSearcher searcher = new IndexSearcher(reader);
      assertEquals(1, searcher.count(new TermQuery(new Term("text", "words"))));
    }
  }

  @Test
  void lucenesMappingDirectoryIsRefused() throws IOException {
    try (FileSystem volume = mount();
        Directory index = new NIOFSDirectory(volume.getPath("/index"))) {
      try (IndexWriter writer = new IndexWriter(index, new IndexWriterConfig())) {
        writer.addDocument(new Document());
      }
      try (Directory mapped = new MMapDirectory(volume.getPath("/index"))) {
        assertThrows(
            UnsupportedOperationException.class, () -> DirectoryReader.open(mapped).close());
      }
    }
  }

  @Test
  void h2KeepsADatabaseInAVolume() throws Exception {
    try (FileSystem volume = mount()) {
      FilePath.register(new VolumeFilePath(volume));
      try (Connection database = DriverManager.getConnection("jdbc:h2:volume:/people/names");
          Statement statement = database.createStatement()) {
        statement.execute("CREATE TABLE person (name VARCHAR)");
        statement.execute("INSERT INTO person VALUES ('Ada'), ('Grace')");
      }
      assertTrue(Files.exists(volume.getPath("/people/names.mv.db")));
    }
    try (FileSystem volume = mount()) {
      FilePath prototype = new VolumeFilePath(volume);
      FilePath.register(prototype);
      try (Connection database = DriverManager.getConnection("jdbc:h2:volume:/people/names")) {
        assertEquals(2, count(database));
      } finally {
        FilePath.unregister(prototype);
      }
    }
  }

  private static int count(Connection database) throws SQLException {
    try (Statement statement = database.createStatement();
        ResultSet rows = statement.executeQuery("SELECT COUNT(*) FROM person")) {
      rows.next();
      return rows.getInt(1);
    }
  }

  @Test
  void sqliteKeepsADatabaseInAVolume() throws Exception {
    for (int round = 1; round <= 2; round++) {
      try (FileSystem volume = mount()) {
        Path file = volume.getPath("/names.db");
        try (Connection database = DriverManager.getConnection("jdbc:sqlite::memory:");
            Statement statement = database.createStatement()) {
          SQLiteConnection sqlite = database.unwrap(SQLiteConnection.class);
          statement.execute("PRAGMA temp_store = MEMORY");
          if (Files.exists(file)) {
            sqlite.deserialize("main", Files.readAllBytes(file));
          }
          statement.execute("CREATE TABLE IF NOT EXISTS person (name TEXT)");
          statement.execute("INSERT INTO person VALUES ('Ada')");
          Path fresh = Files.write(volume.getPath("/names.new"), sqlite.serialize("main"));
          Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
          assertEquals(round, count(database));
        }
      }
    }
  }

  @Test
  void aUrlMadeOfOursLeadsBesideTheContainer() throws Exception {
    Path database;
    try (FileSystem volume = mount()) {
      String inside = volume.getPath("/names").toUri().toString().replaceFirst("^tcplay:", "");
      DriverManager.getConnection("jdbc:h2:" + inside).close();
      database = folder.resolve("volume.img!/names.mv.db");
      assertFalse(Files.exists(volume.getPath("/names.mv.db")));
    }
    assertTrue(Files.exists(database));
  }
}
