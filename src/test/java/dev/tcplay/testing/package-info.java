/** What the tests of all rooms share: the genuine images, seeds, external judges. */
package dev.tcplay.testing;
