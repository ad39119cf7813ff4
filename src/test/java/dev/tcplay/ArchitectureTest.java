package dev.tcplay;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Imports run one way, as docs/architecture.md draws them. */
class ArchitectureTest {

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("dev.tcplay");

  @Test
  void importsRunDownwardsOnly() {
    layeredArchitecture()
        .consideringOnlyDependenciesInAnyPackage("dev.tcplay..")
        .layer("cli")
        .definedBy("dev.tcplay.cli..")
        .layer("nbd")
        .definedBy("dev.tcplay.nbd")
        .layer("serve")
        .definedBy("dev.tcplay.serve..")
        .layer("facade")
        .definedBy("dev.tcplay")
        .layer("nio")
        .definedBy("dev.tcplay.nio..")
        .layer("crypttab")
        .definedBy("dev.tcplay.crypttab")
        .layer("container")
        .definedBy("dev.tcplay.container..")
        .layer("drivers")
        .definedBy(
            "dev.tcplay.fs.archive..",
            "dev.tcplay.fs.exfat..",
            "dev.tcplay.fs.fat..",
            "dev.tcplay.fs.raw..")
        .layer("tree")
        .definedBy("dev.tcplay.fs.tree..")
        .layer("cluster")
        .definedBy("dev.tcplay.fs.cluster..")
        .layer("fs")
        .definedBy("dev.tcplay.fs")
        .layer("mapper")
        .definedBy("dev.tcplay.mapper")
        .layer("volume")
        .definedBy("dev.tcplay.volume..")
        .layer("partition")
        .definedBy("dev.tcplay.partition")
        .layer("block")
        .definedBy("dev.tcplay.block..")
        .layer("crypto")
        .definedBy("dev.tcplay.crypto")
        .layer("kernel")
        .definedBy("dev.tcplay.crypto.kernel..")
        .layer("model")
        .definedBy("dev.tcplay.model")
        .layer("sync")
        .definedBy("dev.tcplay.sync")
        .layer("words")
        .definedBy("dev.tcplay.words")
        .layer("url")
        .definedBy("dev.tcplay.url")
        .whereLayer("cli")
        .mayNotBeAccessedByAnyLayer()
        .whereLayer("nbd")
        .mayOnlyBeAccessedByLayers("cli")
        .whereLayer("serve")
        .mayOnlyBeAccessedByLayers("cli")
        .whereLayer("facade")
        .mayOnlyBeAccessedByLayers("cli")
        .whereLayer("nio")
        .mayNotBeAccessedByAnyLayer()
        .whereLayer("crypttab")
        .mayOnlyBeAccessedByLayers("cli", "nio")
        .whereLayer("container")
        .mayOnlyBeAccessedByLayers("facade", "nio")
        .whereLayer("drivers")
        .mayNotBeAccessedByAnyLayer()
        .whereLayer("tree")
        .mayOnlyBeAccessedByLayers("drivers")
        .whereLayer("cluster")
        .mayOnlyBeAccessedByLayers("drivers", "tree")
        .whereLayer("fs")
        .mayOnlyBeAccessedByLayers(
            "cli", "facade", "nio", "container", "drivers", "tree", "cluster")
        .whereLayer("mapper")
        .mayOnlyBeAccessedByLayers("cli")
        .whereLayer("volume")
        .mayOnlyBeAccessedByLayers("container")
        .whereLayer("partition")
        .mayOnlyBeAccessedByLayers("container")
        .whereLayer("block")
        .mayOnlyBeAccessedByLayers(
            "cli",
            "nbd",
            "facade",
            "container",
            "drivers",
            "tree",
            "cluster",
            "fs",
            "volume",
            "partition",
            "mapper")
        .whereLayer("crypto")
        .mayOnlyBeAccessedByLayers("facade", "volume", "block", "mapper")
        .whereLayer("kernel")
        .mayOnlyBeAccessedByLayers("crypto", "volume")
        .whereLayer("model")
        .mayOnlyBeAccessedByLayers(
            "cli", "facade", "nio", "crypttab", "container", "volume", "crypto", "mapper")
        .whereLayer("sync")
        .mayOnlyBeAccessedByLayers("nio", "block")
        .whereLayer("words")
        .mayOnlyBeAccessedByLayers("cli", "nio", "crypttab", "crypto", "kernel", "model")
        .whereLayer("url")
        .mayOnlyBeAccessedByLayers("cli", "nio")
        .check(CLASSES);
  }

  @Test
  void packagesFormNoCircles() {
    slices().matching("dev.tcplay.(**)").should().beFreeOfCycles().check(CLASSES);
  }

  @Test
  void targetsKnowNeitherTheCacheNorFilesNorTheseEachOther() {
    noneOf("dev.tcplay.block").knows("dev.tcplay.block.cache", "dev.tcplay.block.host");
    noneOf("dev.tcplay.block.cache").knows("dev.tcplay.block.host");
    noneOf("dev.tcplay.block.host").knows("dev.tcplay.block.cache");
    noneOf("dev.tcplay.block.memory")
        .knows("dev.tcplay.block", "dev.tcplay.block.cache", "dev.tcplay.block.host");
  }

  @Test
  void theWordsOfTcplayKnowNothingElseOfUs() {
    noneOf("dev.tcplay.cli.dialect")
        .knows("dev.tcplay.cli", "dev.tcplay", "dev.tcplay.model", "dev.tcplay.block..");
  }

  @Test
  void theTerminalKnowsNothingElseOfUs() {
    noneOf("dev.tcplay.cli.tty")
        .knows("dev.tcplay.cli", "dev.tcplay", "dev.tcplay.model", "dev.tcplay.block..");
  }

  @Test
  void helpIsMadeOfTheModelOfTheCommandAlone() {
    noneOf("dev.tcplay.cli.help")
        .knows("dev.tcplay.cli", "dev.tcplay", "dev.tcplay.model", "dev.tcplay.block..");
  }

  @Test
  void noDriverKnowsAnother() {
    List<String> drivers =
        List.of(
            "dev.tcplay.fs.archive",
            "dev.tcplay.fs.exfat",
            "dev.tcplay.fs.fat",
            "dev.tcplay.fs.raw");
    for (String driver : drivers) {
      noneOf(driver)
          .knows(drivers.stream().filter(other -> !other.equals(driver)).toArray(String[]::new));
      noneOf("dev.tcplay.fs.cluster").knows(driver);
      noneOf("dev.tcplay.fs.tree").knows(driver);
    }
    noneOf("dev.tcplay.fs.archive").knows("dev.tcplay.fs.cluster", "dev.tcplay.fs.tree");
  }

  @Test
  void fileSystemsKnowNeitherEncryptionNorNio() {
    noneOf("dev.tcplay.fs..")
        .knows("dev.tcplay.crypto..", "dev.tcplay.volume..", "dev.tcplay.nio..");
  }

  @Test
  void theRootMountKnowsTheProviderAndProgramsInsideKnowNothing() {
    noneOf("dev.tcplay.nio").knows("dev.tcplay.nio.root");
    noneOf("dev.tcplay.nio.root").knows("dev.tcplay.container..", "dev.tcplay.fs..");
    noneOf("dev.tcplay.cli.exec")
        .knows("dev.tcplay", "dev.tcplay.cli", "dev.tcplay.model", "dev.tcplay.nio..");
  }

  @Test
  void serversKnowPathsAlone() {
    noClasses()
        .that()
        .resideInAPackage("dev.tcplay.serve..")
        .should()
        .dependOnClassesThat(
            JavaClass.Predicates.resideInAPackage("dev.tcplay..")
                .and(
                    DescribedPredicate.not(
                        JavaClass.Predicates.resideInAPackage("dev.tcplay.serve.."))))
        .check(CLASSES);
  }

  private interface Ignorance {
    void knows(String... packages);
  }

  private static Ignorance noneOf(String room) {
    return packages ->
        noClasses()
            .that()
            .resideInAPackage(room)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(packages)
            .check(CLASSES);
  }

  @Test
  void onlyTheCommandKnowsPicocli() {
    noClasses()
        .that()
        .resideOutsideOfPackage("dev.tcplay.cli..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("picocli..")
        .check(CLASSES);
  }

  @Test
  void onlyTheServerOfSftpKnowsSshd() {
    noClasses()
        .that()
        .resideOutsideOfPackage("dev.tcplay.serve.sftp")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("org.apache.sshd..")
        .check(CLASSES);
  }

  @Test
  void onlyTheDriverOfArchivesKnowsCommonsCompress() {
    noClasses()
        .that()
        .resideOutsideOfPackage("dev.tcplay.fs.archive..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.apache.commons..", "org.tukaani..")
        .check(CLASSES);
  }

  @Test
  void onlyTheCryptoRoomKnowsBouncyCastle() {
    noClasses()
        .that()
        .resideOutsideOfPackage("dev.tcplay.crypto..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("org.bouncycastle..")
        .check(CLASSES);
  }
}
