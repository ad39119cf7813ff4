package dev.tcplay.foreign;

import de.pfabulist.lindwurm.niotest.tests.AllTests;
import de.pfabulist.lindwurm.niotest.tests.FSDescription;
import de.pfabulist.lindwurm.niotest.tests.attributes.AttributeDescriptionBuilder;
import de.pfabulist.lindwurm.niotest.tests.descriptionbuilders.CombinedBuilder;
import de.pfabulist.lindwurm.niotest.tests.topics.DosAttributesT;
import de.pfabulist.lindwurm.niotest.tests.topics.LimitedPath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.DosFileAttributeView;
import java.nio.file.attribute.DosFileAttributes;

/** The tests of niotest, on the subject of this process. */
public final class NioSuite extends AllTests {

  private static final int WATCH_MILLIS = 2000;

  /** What niotest keeps between tests; set before the first one. */
  private static volatile FSDescription subject = new FSDescription();

  /** Makes the tests; called by JUnit for each of them. */
  public NioSuite() {
    super(subject);
  }

  /**
   * Says what the subject has, and makes its file systems in a folder of the default one.
   *
   * @param slow whether tests that wait for times to pass are run
   */
  static void describe(Subject provider, Path home, boolean slow) throws IOException {
    CombinedBuilder builder = CombinedBuilder.build();
    if (!slow) {
      builder.fastOnly();
    }
    Path playground = provider.folder(home, "playground");
    builder
        .playgrounds()
        .std(playground)
        .differentProvider(
            provider == Subject.DEFAULT
                ? Subject.JIMFS.folder(home, "other")
                : Files.createDirectory(home.resolve("other")));
    builder.time().attributeDelay(provider.isOurs() ? 2100 : 20);
    builder.fsCreation().env(Subject.PLAIN);
    builder.watchable().delay(WATCH_MILLIS);
    if (provider == Subject.DEFAULT) {
      builder.playgrounds().noClosable().noSameProviderDifferentFileSystem();
    } else {
      builder
          .playgrounds()
          .closable(provider.folder(home, "closable"))
          .sameProviderDifferentFileSystem(provider.folder(home, "second"));
    }
    if (provider.isLimited()) {
      builder.playgrounds().sizeLimitedPlayground(provider.smallFolder(home, "small"));
    } else {
      builder.playgrounds().noSizeLimit();
    }
    builder.playgrounds().noSameFileSystemDifferentStore();
    if (provider.isOurs()) {
      describeOurs(builder);
    } else {
      builder.unix().noPermissionChecks();
    }
    if (provider == Subject.JIMFS) {
      builder.unix().noPosix();
    }
    subject = builder.done();
  }

  /** Says what FAT and exFAT are: paths as on Unix, in names without case, and DOS attributes. */
  private static void describeOurs(CombinedBuilder builder) {
    builder.unix().noPosix().noHiddenDotFiles().hfsPlus();
    builder.noPrincipals().symlinks().no().hardlinks().no();
    // An access is kept by its day, if at all; and a path may be as long as it likes.
    builder.time().noLastAccessTime();
    builder
        .attributes()
        .add(
            AttributeDescriptionBuilder.attributeBuilding(
                    DosAttributesT.class,
                    "dos",
                    DosFileAttributeView.class,
                    DosFileAttributes.class)
                .addAttribute("hidden", DosFileAttributes::isHidden)
                .addAttribute("archive", DosFileAttributes::isArchive)
                .addAttribute("system", DosFileAttributes::isSystem)
                .addAttribute("readonly", DosFileAttributes::isReadOnly));
    builder.done().addTopic(DosAttributesT.class).removeTopic(LimitedPath.class);
  }
}
