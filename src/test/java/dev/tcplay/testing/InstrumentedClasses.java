package dev.tcplay.testing;

import dev.tcplay.block.BlockDevice;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.util.Set;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Handle;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/**
 * Our classes once more, in which each allocation may fail by {@link Allocations}: those that they
 * make themselves, and those that the JDK's collections, strings and locks make for them. Tests are
 * loaded anew too, so that they meet these classes, but they stay what they are.
 */
public final class InstrumentedClasses extends ClassLoader {

  private static final String OURS = "dev.tcplay.";
  private static final String COUNTER = Type.getInternalName(Allocations.class);

  /** Calls that allocate nothing, and are made where nobody expects a failure. */
  private static final Set<String> FREE =
      Set.of(
          "unlock",
          "unlockRead",
          "unlockWrite",
          "get",
          "getAndSet",
          "size",
          "isEmpty",
          "clear",
          "remove",
          "removeIf",
          "poll",
          "complete",
          "release",
          "tryAcquire",
          "peek",
          "fill",
          "signal",
          "signalAll",
          "countDown",
          "equals",
          "hashCode",
          "compareTo",
          "length",
          "charAt",
          "hasNext",
          "next",
          "getCount",
          "getKey",
          "getValue",
          "contains",
          "containsKey",
          "bitCount",
          "accept",
          "run",
          "lastKey",
          "firstKey",
          "nextSetBit",
          "nextClearBit",
          "cardinality",
          "isPresent",
          "orElseThrow",
          "checkFromIndexSize",
          "requireNonNull",
          "park",
          "unpark",
          "isLocked",
          "isHeldByCurrentThread",
          "tryLock",
          "test",
          "apply",
          "arraycopy",
          "getOrDefault",
          "indexOf");

  private final String mainClasses;

  /** Makes the classes; none is loaded yet. */
  public InstrumentedClasses() {
    super(InstrumentedClasses.class.getClassLoader());
    String known = resource(BlockDevice.class.getName());
    mainClasses = getParent().getResource(known).toString().replace(known, "");
  }

  private static String resource(String name) {
    return name.replace('.', '/') + ".class";
  }

  @Override
  protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
    if (!name.startsWith(OURS) || name.equals(Allocations.class.getName())) {
      return super.loadClass(name, resolve);
    }
    synchronized (getClassLoadingLock(name)) {
      Class<?> known = findLoadedClass(name);
      return known == null ? define(name) : known;
    }
  }

  private Class<?> define(String name) throws ClassNotFoundException {
    URL url = getParent().getResource(resource(name));
    if (url == null) {
      throw new ClassNotFoundException(name);
    }
    try (InputStream in = url.openStream()) {
      byte[] bytes = in.readAllBytes();
      byte[] code = url.toString().startsWith(mainClasses) ? instrument(bytes) : bytes;
      return defineClass(name, code, 0, code.length);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] instrument(byte[] bytes) {
    ClassReader reader = new ClassReader(bytes);
    ClassWriter writer = new ClassWriter(reader, 0);
    reader.accept(
        new ClassVisitor(Opcodes.ASM9, writer) {
          @Override
          public MethodVisitor visitMethod(
              int access, String name, String descriptor, String signature, String[] exceptions) {
            MethodVisitor next = super.visitMethod(access, name, descriptor, signature, exceptions);
            // A class whose initializer has failed is gone for the whole process.
            return name.equals("<clinit>") ? next : new Counting(next);
          }
        },
        0);
    return writer.toByteArray();
  }

  /** Counts at each allocation; the call leaves the stack as it is. */
  private static final class Counting extends MethodVisitor {

    Counting(MethodVisitor next) {
      super(Opcodes.ASM9, next);
    }

    private void count() {
      super.visitMethodInsn(Opcodes.INVOKESTATIC, COUNTER, "count", "()V", false);
    }

    @Override
    public void visitTypeInsn(int opcode, String type) {
      if (opcode == Opcodes.ANEWARRAY) {
        count();
      }
      super.visitTypeInsn(opcode, type);
      if (opcode == Opcodes.NEW) {
        // Not before: the frames name the instruction that makes an object by its place.
        count();
      }
    }

    @Override
    public void visitIntInsn(int opcode, int operand) {
      if (opcode == Opcodes.NEWARRAY) {
        count();
      }
      super.visitIntInsn(opcode, operand);
    }

    @Override
    public void visitMultiANewArrayInsn(String descriptor, int dimensions) {
      count();
      super.visitMultiANewArrayInsn(descriptor, dimensions);
    }

    @Override
    public void visitInvokeDynamicInsn(
        String name, String descriptor, Handle bootstrap, Object... arguments) {
      if (!descriptor.startsWith("()") || !bootstrap.getName().equals("metafactory")) {
        count();
      }
      super.visitInvokeDynamicInsn(name, descriptor, bootstrap, arguments);
    }

    @Override
    public void visitMethodInsn(
        int opcode, String owner, String name, String descriptor, boolean isInterface) {
      boolean allocates = opcode != Opcodes.INVOKESPECIAL && allocates(owner, name);
      if (allocates) {
        count();
      }
      super.visitMethodInsn(opcode, owner, name, descriptor, isInterface);
      if (allocates
          && owner.startsWith("java/util/")
          && !owner.startsWith("java/util/concurrent")) {
        // A collection may have taken the element when it finds no memory to grow.
        count();
      }
    }

    private static boolean allocates(String owner, String name) {
      if (FREE.contains(name) || owner.contains("/atomic/") || owner.endsWith("/ReadWriteLock")) {
        return false;
      }
      return owner.startsWith("java/util/")
          || (owner.equals("java/lang/Long") && name.equals("valueOf"))
          || owner.equals("java/lang/String")
          || (owner.equals("java/lang/Integer") && name.equals("valueOf"));
    }
  }
}
