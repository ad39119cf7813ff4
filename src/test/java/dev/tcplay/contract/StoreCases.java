package dev.tcplay.contract;

import static dev.tcplay.contract.Case.everywhere;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.ClosedWatchServiceException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.nio.file.attribute.FileStoreAttributeView;
import java.nio.file.attribute.UserPrincipalLookupService;
import java.nio.file.attribute.UserPrincipalNotFoundException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** Points 93 to 97: stores, users, watching, types of contents. */
final class StoreCases {

  private static final int SECONDS = 20;

  private StoreCases() {}

  static List<Case> all() {
    return List.of(
        everywhere("93", StoreCases::store),
        everywhere("94", StoreCases::storeViews),
        everywhere("95", StoreCases::users),
        everywhere("96", StoreCases::watch),
        everywhere(
            "97",
            place ->
                assertEquals(
                    "text/html", Files.probeContentType(place.file("page.html", "text")))));
  }

  private static void store(Place place) throws Exception {
    FileStore store = Files.getFileStore(place.folder());
    assertNotEquals(null, store.name());
    assertTrue(!place.isOurs() || store.type().startsWith("tcplay:"), store.type());
    long total = store.getTotalSpace();
    assertTrue(total > 0);
    assertTrue(store.getUsableSpace() <= total && store.getUnallocatedSpace() <= total);
    assertEquals(total, store.getAttribute("totalSpace"));
    assertTrue((Long) store.getAttribute("usableSpace") <= total);
    assertTrue((Long) store.getAttribute("unallocatedSpace") <= total);
    assertThrows(UnsupportedOperationException.class, () -> store.getAttribute("colour"));
    assertEquals(place.fileSystem().isReadOnly(), store.isReadOnly());
  }

  private static void storeViews(Place place) throws Exception {
    FileStore store = Files.getFileStore(place.folder());
    assertEquals(null, store.getFileStoreAttributeView(FileStoreAttributeView.class));
    assertEquals(store, Files.getFileStore(place.file("file", "text")));
    assertEquals(store.hashCode(), Files.getFileStore(place.path("file")).hashCode());
    assertThrows(NullPointerException.class, () -> store.getFileStoreAttributeView(null));
  }

  private static void users(Place place) throws Exception {
    UserPrincipalLookupService users;
    try {
      users = place.fileSystem().getUserPrincipalLookupService();
    } catch (UnsupportedOperationException e) {
      throw new Case.NotOffered();
    }
    assertThrows(
        UserPrincipalNotFoundException.class,
        () -> users.lookupPrincipalByName("nobody has this name"));
  }

  private static void watch(Place place) throws Exception {
    WatchService watcher;
    try {
      watcher = place.fileSystem().newWatchService();
    } catch (UnsupportedOperationException e) {
      throw new Case.NotOffered();
    }
    place
        .folder()
        .register(
            watcher, StandardWatchEventKinds.ENTRY_CREATE, StandardWatchEventKinds.ENTRY_DELETE);
    Path file = place.file("file", "text");
    WatchKey key = watcher.poll(SECONDS, TimeUnit.SECONDS);
    assertEquals(Set.of(file.getFileName()), contexts(key));
    assertTrue(key.reset());
    Files.delete(file);
    assertEquals(key, watcher.poll(SECONDS, TimeUnit.SECONDS));
    assertEquals(
        List.of(StandardWatchEventKinds.ENTRY_DELETE),
        key.pollEvents().stream().map(event -> event.kind()).toList());
    key.cancel();
    assertTrue(!key.isValid());
    watcher.close();
    assertThrows(ClosedWatchServiceException.class, watcher::poll);
  }

  private static Set<Object> contexts(WatchKey key) {
    return key.pollEvents().stream().map(event -> event.context()).collect(Collectors.toSet());
  }
}
