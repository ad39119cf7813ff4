import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.tcplay.Tcplay;
import java.nio.file.FileSystem;
import java.nio.file.Path;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.StringField;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.NIOFSDirectory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IndexTest {

  @TempDir Path folder;

  @Test
  void anIndexInAContainerIsThereWhenItIsOpenedAgain() throws Exception {
    Path container = folder.resolve("index.hc");
    Tcplay.create(container).size(8 << 20).password("an open secret").pim(1).quick(true).create();
    try (FileSystem volume = open(container);
        Directory index = new NIOFSDirectory(volume.getPath("/index"));
        IndexWriter writer = new IndexWriter(index, new IndexWriterConfig(null))) {
      Document letter = new Document();
      letter.add(new StringField("to", "Ada", Field.Store.YES));
      writer.addDocument(letter);
    }
    try (FileSystem volume = open(container);
        Directory index = new NIOFSDirectory(volume.getPath("/index"));
        DirectoryReader reader = DirectoryReader.open(index)) {
      assertEquals(1, new IndexSearcher(reader).count(new TermQuery(new Term("to", "Ada"))));
    }
  }

  /**
   * NIOFSDirectory and no other: MMapDirectory, which FSDirectory.open takes, maps files, and bytes that are decrypted
   * cannot be mapped.
   */
  private static FileSystem open(Path container) throws Exception {
    return Tcplay.open(container).password("an open secret").pim(1).hash("sha512").mount();
  }
}
