package dev.tcplay.model;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.function.Consumer;

/**
 * Makes containers and the file systems in them: what is behind {@link dev.tcplay.ContainerCreator}
 * and {@link ContainerOpener#makeFileSystem}, which are more pleasant to call. It also reads files
 * beside them.
 *
 * <p>A service that the library itself provides; {@link #load} finds it. Instances are safe for any
 * number of threads.
 */
public interface ContainerMaker {

  /**
   * Returns the library's own maker.
   *
   * @throws IllegalStateException if the library is incomplete
   */
  static ContainerMaker load() {
    return ServiceLoader.load(ContainerMaker.class, ContainerMaker.class.getClassLoader())
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("no service " + ContainerMaker.class));
  }

  /**
   * Makes a container with an empty file system.
   *
   * @param env the options as {@link ContainerOptions} names them, of which those count that {@link
   *     ContainerCreator} has
   * @throws IllegalArgumentException as {@link dev.tcplay.ContainerCreator#create} says
   * @throws IOException as {@link dev.tcplay.ContainerCreator#create} says
   */
  void create(Path container, Map<String, ?> env, NewContainer wanted) throws IOException;

  /**
   * Makes an empty file system in a container that exists.
   *
   * @param env how to open the container, as {@link ContainerOptions} says
   * @throws IllegalArgumentException as {@link dev.tcplay.ContainerOpener#makeFileSystem} says
   * @throws IOException as {@link dev.tcplay.ContainerOpener#makeFileSystem} says
   */
  void makeFileSystem(Path container, Map<String, ?> env, NewFileSystem wanted) throws IOException;

  /**
   * Looks for damage of the file system in a container.
   *
   * @param env how to open the container, as {@link ContainerOptions} says
   * @param repair how to mend what is found; empty to write nothing
   * @throws IllegalArgumentException as {@link dev.tcplay.ContainerOpener#check} says
   * @throws IOException as {@link dev.tcplay.ContainerOpener#check} says
   */
  void check(
      Path container,
      Map<String, ?> env,
      Optional<VolumeRepair> repair,
      Consumer<VolumeFinding> findings)
      throws IOException;
}
