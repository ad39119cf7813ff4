/**
 * Test suites that others wrote for providers, run on FAT32, exFAT, jimfs and the default provider:
 * niotest, and those of lucene-test-framework for directories and lock factories.
 */
package dev.tcplay.foreign;
