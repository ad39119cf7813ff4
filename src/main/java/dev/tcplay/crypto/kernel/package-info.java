/**
 * The fast code of ciphers and hashes: block ciphers over many blocks at once, HMAC as PBKDF2 calls
 * it, the passes of XTS, LRW and CBC, the memory of Argon2id.
 *
 * <p>Most classes here are written for HotSpot's compiler. Whether it turns a loop into vector
 * instructions depends on the loop's shape and on the order of its statements, which no rule
 * predicts; those orders were found by trial. Change such a class only with its benchmark beside
 * you, on every JDK that is supported.
 *
 * <p>How to check a new JDK: run {@code tcplay selftest} for the results, then the benchmarks named
 * in docs/performance.md. A kernel whose ratio to {@code -Dtcplay.kernel=portable} fell by more
 * than a fifth has lost its vectors; {@code -XX:+PrintCompilation} shows whether the method was
 * compiled once by the optimizing compiler, and {@code -XX:CompileCommand=PrintAssembly} whether
 * its loop uses vector registers. Each class says what was searched for it.
 */
@NullMarked
package dev.tcplay.crypto.kernel;

import org.jspecify.annotations.NullMarked;
