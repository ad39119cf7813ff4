package dev.tcplay.nio.root;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.FileSystemException;
import java.nio.file.attribute.FileAttributeView;
import java.util.function.UnaryOperator;

/** Gives the failures of attribute views of the container's files the names of the one tree. */
final class InsideView {

  private InsideView() {}

  /**
   * Returns a view that does what the view inside does.
   *
   * @param names gives a failure the names of the one tree
   */
  static <V extends FileAttributeView> V of(
      Class<V> type, V view, UnaryOperator<FileSystemException> names) {
    InvocationHandler handler =
        (proxy, method, arguments) -> {
          try {
            return method.invoke(view, arguments);
          } catch (InvocationTargetException e) {
            Throwable failure = e.getCause();
            throw failure instanceof FileSystemException its ? names.apply(its) : failure;
          }
        };
    return type.cast(
        Proxy.newProxyInstance(InsideView.class.getClassLoader(), new Class<?>[] {type}, handler));
  }
}
